import { pinyin } from 'pinyin-pro';
import { otherReadings } from './search-match.ts';

const HAN = /\p{Script=Han}/u;
const A = 97;

/** What a sign may be read as, and a bit for each letter that one of the readings begins with. */
interface Sign {
  readonly readings: readonly string[];
  readonly initials: number;
}

const signs = new Map<string, Sign | null>();
/** Initials by the code of the sign, -1 where it was not looked up yet: asked for each sign of 20,000 rows. */
const initialsByCode = new Int32Array(0x10000).fill(-1);

const bit = (letter: string): number => {
  const at = letter.charCodeAt(0) - A;
  return at >= 0 && at < 26 ? 1 << at : 0;
};

function signOf(text: string): Sign | null {
  const known = signs.get(text);
  if (known !== undefined) return known;
  let sign: Sign | null = null;
  if (HAN.test(text)) {
    const all = pinyin(text, { toneType: 'none', type: 'array', v: true, multiple: true, surname: 'off' });
    const surname = pinyin(text, { toneType: 'none', type: 'array', v: true, surname: 'head' });
    const readings = [...new Set([...all, ...surname, ...otherReadings(text)].map((reading) => reading.toLowerCase()))];
    sign = { readings, initials: readings.reduce((bits, reading) => bits | bit(reading), 0) };
  }
  signs.set(text, sign);
  return sign;
}

/** Letters that a sign's readings begin with; a Latin letter begins with itself. */
function initialsAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const known = initialsByCode[code] ?? 0;
  if (known >= 0) return known;
  const initials = signOf(text.charAt(at))?.initials ?? bit(text.charAt(at));
  initialsByCode[code] = initials;
  return initials;
}

/** Whether the letters from `from` on are initials of the signs from `at` on; other letters stand for themselves. */
function initialsMatch(text: string, at: number, word: string, from: number): boolean {
  for (let place = from; place < word.length; place += 1) {
    const index = at + place - from;
    if (index >= text.length) return false;
    const letter = word.charAt(place);
    if (text.charAt(index) !== letter && (initialsAt(text, index) & bit(letter)) === 0) return false;
  }
  return true;
}

/** Whether the letters from `from` on are full readings of the signs from `at` on; the last may be cut short. */
function readingsMatch(text: string, at: number, word: string, from: number): boolean {
  if (from === word.length) return true;
  if (at >= text.length) return false;
  if (text.charAt(at) === word.charAt(from)) return readingsMatch(text, at + 1, word, from + 1);
  if ((initialsAt(text, at) & bit(word.charAt(from))) === 0) return false;
  const rest = word.slice(from);
  return (signOf(text.charAt(at))?.readings ?? []).some((reading) =>
    rest.length <= reading.length
      ? reading.startsWith(rest)
      : rest.startsWith(reading) && readingsMatch(text, at + 1, word, from + reading.length),
  );
}

/**
 * Whether a word with Latin letters is the pinyin of a run of signs in the text, in full or in initials; figures and other
 * signs in it ('110kvbdz') stand for themselves. Nothing is kept
 * by text, only by sign: texts of 20,000 rows spelt out would take a hundred megabytes and seconds.
 *
 * @param text lower case, NFKC; a line break separates what may not be read across
 */
export function hasPinyin(text: string, word: string): boolean {
  const first = bit(word);
  for (let at = 0; at < text.length; at += 1) {
    if (text.charAt(at) !== word.charAt(0) && (initialsAt(text, at) & first) === 0) continue;
    if (initialsMatch(text, at, word, 0) || readingsMatch(text, at, word, 0)) return true;
  }
  return false;
}
