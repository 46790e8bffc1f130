import { Fault } from '../../../shared/contract/faults.ts';
import type { OpenedWorkbook, PreviewInput, SheetInfo } from '../../../shared/contract/workbook.ts';
import { withMerges } from '../../../shared/domain/workbook/grid.ts';
import { recognise } from '../../../shared/domain/workbook/recognise.ts';
import type { Recognition } from '../../../shared/domain/workbook/recognition.ts';
import { importField } from '../../../shared/domain/workbook/target.ts';
import type { Session } from '../session/session.ts';
import { newId } from '../store/id.ts';
import type { Decision } from './apply.ts';
import type { WorkbookContent } from './content.ts';
import type { PlannedImport } from './plan.ts';
import { readWorkbook } from './read.ts';

/** A workbook that is being imported: what was read, and what the operator last saw. */
export interface OpenImport {
  readonly id: string;
  readonly content: WorkbookContent;
  /** Path of the ledger it was compared with; another ledger makes the preview void. */
  readonly ledgerPath: string;
  plan: PlannedImport | null;
  /** Set when it was imported: what became of each row. */
  decisions: readonly Decision[] | null;
}

/** Workbooks kept in memory at a time. */
const MOST_OPEN = 4;

/** The imports under way in this process. */
export class ImportDesk {
  readonly #open = new Map<string, OpenImport>();

  add(content: WorkbookContent, ledgerPath: string): OpenImport {
    const opened: OpenImport = { id: newId(), content, ledgerPath, plan: null, decisions: null };
    this.#open.set(opened.id, opened);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
    return opened;
  }

  /** @throws Fault RULE_BROKEN when the import is no longer open, or another ledger is */
  get(id: string, ledgerPath: string): OpenImport {
    const found = this.#open.get(id);
    if (found === undefined || found.ledgerPath !== ledgerPath) {
      throw new Fault('RULE_BROKEN', { why: '这次导入已经关闭或换了台账', cure: '请重新选择文件' });
    }
    return found;
  }

  close(id: string): void {
    this.#open.delete(id);
  }
}

/** Rows looked at to tell a sheet; the whole of it is read at the preview. */
const GLANCE = 300;

/** Report figures without the money of a project: a ten-day report, not a list of projects. */
function targetOf(recognition: Recognition): PreviewInput['target'] {
  const of = recognition.mapping.map(({ field }) => (field === null ? undefined : importField(field)));
  const figures = of.filter((field) => field?.of === 'report').length;
  const tenDays =
    of.some((field) => field?.key === 'periodInvestment') || /[上中下]旬|旬报/.test(recognition.title ?? '');
  return tenDays && figures >= 2 ? 'report' : 'project';
}

function glance(content: WorkbookContent, index: number): SheetInfo {
  const grid = content.sheets[index];
  if (grid === undefined) throw new Fault('RULE_BROKEN', { why: '没有这张工作表' });
  const start = { ...grid, rows: grid.rows.slice(0, GLANCE), merges: grid.merges.filter(({ top }) => top < GLANCE) };
  const found = recognise(start, { target: 'report', units: [], year: 2020, defaultUnitId: null });
  const sample = found.rows.filter((row) => row.kind === 'data').length;
  const whole = withMerges(grid).rowCount;
  return {
    index,
    name: grid.name,
    hidden: grid.hidden,
    rows: whole,
    columns: grid.columnCount,
    title: found.title,
    projects: whole > GLANCE && sample > 0 ? Math.max(sample, whole - GLANCE + sample) : sample,
    target: targetOf(found),
  };
}

/**
 * Reads a workbook for import. Nothing is written.
 *
 * @throws Fault FILE_GONE, FILE_LOCKED, FILE_UNREADABLE, CANCELLED
 */
export async function openImport(
  desk: ImportDesk,
  session: Session,
  path: string,
  signal?: AbortSignal,
): Promise<OpenedWorkbook> {
  const content = await readWorkbook(path, { signal });
  const sheets = content.sheets.map((_, index) => glance(content, index));
  const usable = sheets
    .filter(({ projects }) => projects > 0)
    .sort((a, b) => Number(a.hidden) - Number(b.hidden) || b.projects - a.projects);
  const opened = desk.add(content, session.store.path);
  return { importId: opened.id, fileName: content.fileName, sheets, suggested: usable[0]?.index ?? null };
}
