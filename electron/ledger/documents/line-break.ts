import { cleanText } from './escape.ts';
import type { FontRole } from './fonts.ts';

/**
 * Line breaking on the character grid of GB/T 9704-2012 §5.2.3, without a browser: what stands on which line is the
 * same on every machine, whatever fonts it has. Widths count in half cells: a Han character is 2, a Latin letter,
 * digit or ASCII mark 1 (as in 仿宋_GB2312).
 */

/** Text in one face. */
export interface TextRun {
  readonly text: string;
  readonly font: FontRole;
}

/** What is never torn apart: a Han character with its marks, or a Latin word or figure. */
export interface Atom {
  readonly text: string;
  readonly font: FontRole;
  /** Width in half cells. */
  readonly width: number;
  /** `word`: Latin run set as one piece; `space`: takes room, draws nothing. */
  readonly kind: 'cell' | 'word' | 'space';
}

export interface Line {
  readonly atoms: readonly Atom[];
  /** Half cells left free at the line's beginning. */
  readonly indent: number;
  /** Half cells taken by the atoms. */
  readonly width: number;
  /** Last line of its paragraph: it is not spread to the right edge. */
  readonly last: boolean;
}

export interface Measure {
  /** Half cells a line holds. */
  readonly width: number;
  /** Half cells before the first line and before the others. */
  readonly firstIndent?: number;
  readonly restIndent?: number;
}

/** Marks that must not begin a line (避头). */
export const NEVER_FIRST = new Set('，。、；：？！）〕】》〉」』’”…—～·％‰℃°,.;:?!)]}%＂＇｝］〗〞﹐﹑﹒﹔﹕﹖﹗');
/** Marks that must not end a line (避尾). */
export const NEVER_LAST = new Set('（〔【《〈「『‘“([{｛［〖〝￥＄＃№$');
/** Marks that come in pairs and stay together: …… and ——. */
const DOUBLE = new Set('—…');

const ZERO_WIDTH = /^[\p{Mn}\p{Me}]$/u;
const LATIN = /^[\u0021-\u007e\uff61-\uff9f]$/;
const MAX_WORD = 40;

/** Cuts runs into atoms. Text is cleaned first; spaces at the ends of the paragraph go. */
export function atomsOf(runs: readonly TextRun[]): Atom[] {
  const atoms: Atom[] = [];
  for (const run of runs) {
    for (const character of cleanText(run.text)) {
      const previous = atoms.at(-1);
      if (ZERO_WIDTH.test(character)) {
        if (previous && previous.kind === 'cell')
          atoms[atoms.length - 1] = { ...previous, text: previous.text + character };
      } else if (LATIN.test(character)) {
        if (previous?.kind === 'word' && previous.font === run.font && previous.width < MAX_WORD)
          atoms[atoms.length - 1] = { ...previous, text: previous.text + character, width: previous.width + 1 };
        else atoms.push({ text: character, font: run.font, width: 1, kind: 'word' });
      } else if (character === ' ' || character === '\n') {
        atoms.push({ text: ' ', font: run.font, width: 1, kind: 'space' });
      } else if (character === '\u3000') {
        atoms.push({ text: character, font: run.font, width: 2, kind: 'space' });
      } else {
        atoms.push({ text: character, font: run.font, width: 2, kind: 'cell' });
      }
    }
  }
  while (atoms[0]?.kind === 'space') atoms.shift();
  while (atoms.at(-1)?.kind === 'space') atoms.pop();
  return atoms;
}

const firstOf = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0);
const lastOf = (text: string): string => Array.from(text).at(-1) ?? '';

/** Whether a line may end between two neighbouring atoms, the left one no space (GB/T 15834 §5.1: 避头尾). */
function mayBreakBetween(left: Atom, right: Atom): boolean {
  if (right.kind === 'space') return false;
  const end = lastOf(left.text);
  const start = firstOf(right.text);
  if (DOUBLE.has(end) && end === start) return false;
  if (left.kind === 'word' && right.kind === 'word') return left.font === right.font;
  return !NEVER_LAST.has(end) && !NEVER_FIRST.has(start);
}

/** Splits words that are longer than a whole line. */
function fitWords(atoms: readonly Atom[], room: number): Atom[] {
  return atoms.flatMap((atom) => {
    if (atom.kind !== 'word' || atom.width <= room) return [atom];
    const pieces: Atom[] = [];
    for (let at = 0; at < atom.text.length; at += room) {
      const text = atom.text.slice(at, at + room);
      pieces.push({ ...atom, text, width: text.length });
    }
    return pieces;
  });
}

/**
 * Breaks one paragraph into lines that never exceed `measure.width`. A mark that may not stand first takes the character
 * before it along to the next line; only text with no lawful break at all (a row of closing marks) is cut where it ends.
 * A `\n` in the text counts as a space: paragraphs are the caller's.
 */
export function breakLines(runs: readonly TextRun[], measure: Measure): Line[] {
  const restIndent = measure.restIndent ?? 0;
  let indent = measure.firstIndent ?? 0;
  const room = measure.width - Math.max(indent, restIndent);
  if (room < 2) throw new RangeError('no room for a character in the line');
  const atoms = fitWords(atomsOf(runs), room);
  const lines: Line[] = [];
  let start = 0;
  while (start < atoms.length) {
    let end = start;
    let width = 0;
    while (end < atoms.length && width + (atoms[end]?.width ?? 0) <= measure.width - indent) {
      width += atoms[end]?.width ?? 0;
      end += 1;
    }
    // Spaces at the end of a line take no room.
    while (end > start && atoms[end]?.kind === 'space') end += 1;
    if (end < atoms.length) {
      let at = end;
      while (at > start + 1 && !breaks(atoms, at)) at -= 1;
      if (at > start && breaks(atoms, at)) end = at;
    }
    end = Math.max(end, start + 1);
    let stop = end;
    while (stop > start && atoms[stop - 1]?.kind === 'space') stop -= 1;
    const taken = atoms.slice(start, stop);
    while (atoms[end]?.kind === 'space') end += 1;
    lines.push({
      atoms: taken,
      indent,
      width: taken.reduce((sum, atom) => sum + atom.width, 0),
      last: end >= atoms.length,
    });
    start = end;
    indent = restIndent;
  }
  return lines;
}

function breaks(atoms: readonly Atom[], at: number): boolean {
  let before = at - 1;
  while (atoms[before]?.kind === 'space') before -= 1;
  const left = atoms[before];
  const right = atoms[at];
  if (left === undefined || right === undefined) return false;
  if (before === at - 1) return mayBreakBetween(left, right);
  return right.kind !== 'space' && !NEVER_LAST.has(lastOf(left.text)) && !NEVER_FIRST.has(firstOf(right.text));
}

/** Breaks text that may hold line feeds into lines, each line feed ending a paragraph; empty paragraphs stay as empty lines. */
export function breakParagraphs(text: string, font: FontRole, measure: Measure): Line[] {
  return cleanText(text)
    .split('\n')
    .flatMap((paragraph) => {
      const lines = breakLines([{ text: paragraph, font }], measure);
      return lines.length > 0 ? lines : [{ atoms: [], indent: 0, width: 0, last: true }];
    });
}

const widthOf = (atoms: readonly Atom[]): number => atoms.reduce((sum, atom) => sum + atom.width, 0);
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** Words a title line should not begin with: they belong to what stands before. */
const CLINGING = new Set('的和与及等之了');

/**
 * Breaks a title into as few lines as fit, their lengths balanced into a trapezium or rhombus and words kept whole
 * (GB/T 9704-2012 §7.3.1). Line feeds in the text are the operator's own breaks and are kept.
 * @param width half cells a line holds
 */
export function breakTitle(text: string, font: FontRole, width: number): Line[] {
  return cleanText(text)
    .split('\n')
    .filter((part) => part.trim() !== '')
    .flatMap((part) => balance(part.trim(), font, width));
}

function balance(text: string, font: FontRole, width: number): Line[] {
  const atoms = fitWords(atomsOf([{ text, font }]), width);
  const total = widthOf(atoms);
  const inside = wordInsides(text, atoms);
  for (let count = Math.max(1, Math.ceil(total / width)); count <= atoms.length; count += 1) {
    const cuts = bestCuts(atoms, inside, count, width, total / count);
    if (!cuts) continue;
    return cuts.slice(1).map((end, index) => {
      const taken = trimSpaces(atoms.slice(cuts[index] ?? 0, end));
      return { atoms: taken, indent: 0, width: widthOf(taken), last: true };
    });
  }
  return breakLines([{ text, font }], { width });
}

function trimSpaces(atoms: readonly Atom[]): Atom[] {
  const taken = [...atoms];
  while (taken[0]?.kind === 'space') taken.shift();
  while (taken.at(-1)?.kind === 'space') taken.pop();
  return taken;
}

/** Indices of atoms before which a break would tear a word. */
function wordInsides(text: string, atoms: readonly Atom[]): ReadonlySet<number> {
  const starts = new Set<number>();
  let previous = 2;
  for (const { segment, index } of segmenter.segment(cleanText(text))) {
    // Names and newer words come out as single characters in a row: do not break between them either.
    if (previous > 1 || segment.length > 1) starts.add(index);
    previous = segment.length;
  }
  const inside = new Set<number>();
  let offset = 0;
  atoms.forEach((atom, index) => {
    const before = `${atoms[index - 2]?.text ?? ''}${atoms[index - 1]?.text ?? ''}`;
    const afterFigure = /\d[万亿]?$/.test(before);
    if (!starts.has(offset) || afterFigure || CLINGING.has(firstOf(atom.text))) inside.add(index);
    offset += atom.text.length;
  });
  return inside;
}

function bestCuts(
  atoms: readonly Atom[],
  inside: ReadonlySet<number>,
  count: number,
  width: number,
  ideal: number,
): readonly number[] | null {
  interface State {
    readonly cost: number;
    readonly cuts: readonly number[];
  }
  let states = new Map<number, State>([[0, { cost: 0, cuts: [0] }]]);
  for (let line = 0; line < count; line += 1) {
    const next = new Map<number, State>();
    for (const [start, state] of states) {
      let taken = 0;
      for (let end = start + 1; end <= atoms.length; end += 1) {
        taken += atoms[end - 1]?.width ?? 0;
        if (taken > width) break;
        if (line === count - 1 && end < atoms.length) continue;
        if (end < atoms.length && !breaks(atoms, end)) continue;
        const torn = end < atoms.length && inside.has(end) ? 400 : 0;
        const cost = state.cost + (taken - ideal) ** 2 + torn;
        const known = next.get(end);
        if (!known || cost < known.cost) next.set(end, { cost, cuts: [...state.cuts, end] });
      }
    }
    states = next;
  }
  return states.get(atoms.length)?.cuts ?? null;
}
