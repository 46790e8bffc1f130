import type { SheetLine } from '../../../shared/contract/supervision.ts';
import type { RedProject } from '../../../shared/contract/workbench.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import type { Light } from '../../../shared/domain/light.ts';
import { SUPERVISION_KIND_NAMES } from '../documents/index.ts';
import { type JudgedProject, judgeAll, unitNames } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

type Counts = Record<Light, number>;

function countLights(projects: readonly JudgedProject[]): Counts {
  const counts: Counts = { green: 0, yellow: 0, red: 0, none: 0 };
  for (const { result } of projects) counts[result.light] += 1;
  return counts;
}

/** The latest sheet not 办结 about each project. `sheets` are the newest first. */
function openSheets(sheets: readonly SheetLine[]): ReadonlyMap<string, SheetLine> {
  const open = new Map<string, SheetLine>();
  for (const sheet of sheets) {
    if (sheet.standing === 'closed') continue;
    for (const project of sheet.projects) if (!open.has(project.id)) open.set(project.id, sheet);
  }
  return open;
}

const RANK = ({ isNew, sheet }: RedProject): number => (sheet === null ? 0 : 2) + (isNew ? 0 : 1);

/**
 * Lights of a day beside those of an earlier one, and the red projects: new ones without a sheet first, those under
 * supervision last.
 */
export async function redProjects(store: Store, today: IsoDate, beforeDate: IsoDate, sheets: readonly SheetLine[]) {
  const now = (await judgeAll(store, today)).projects;
  const before = (await judgeAll(store, beforeDate)).projects;
  const lightBefore = new Map(before.map(({ figures, result }) => [figures.id, result.light]));
  const names = await unitNames(store);
  const open = openSheets(sheets);
  const red = now
    .filter(({ result }) => result.light === 'red')
    .map(({ figures, result }): RedProject => {
      const sheet = open.get(figures.id);
      const earlier = lightBefore.get(figures.id) ?? null;
      return {
        projectId: figures.id,
        name: figures.name,
        unitId: figures.unitId,
        unitName: names.get(figures.unitId) ?? '',
        text: result.text,
        isNew: earlier !== 'red',
        before: earlier,
        sheet: sheet ? { id: sheet.id, text: sheet.number ?? `${SUPERVISION_KIND_NAMES[sheet.kind]}拟办中` } : null,
      };
    });
  return {
    projects: now.length,
    lights: countLights(now),
    lightsBefore: countLights(before),
    red: red.sort((left, right) => RANK(left) - RANK(right)),
  };
}
