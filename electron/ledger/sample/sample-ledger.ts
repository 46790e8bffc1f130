import { entityOf, type Value } from '../../../shared/dictionary/index.ts';
import { presets } from '../../../shared/presets/index.ts';
import { type Change, commit } from '../store/commit.ts';
import { createStore } from '../store/create.ts';
import { writeMeta } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { generateCity, SAMPLE_TODAY, type SampleOptions, type SampleProgress, writeSample } from './generate.ts';

/** The sample city's office; fixed, so that county samples fit to it. */
export const SAMPLE_OFFICE = '0174a000-0000-7000-8000-0000000000a1';

type Options = Partial<SampleOptions>;

function mark(store: Store, options: Options): void {
  const preset = options.preset ?? presets[0];
  writeMeta(store, 'sample', '1');
  writeMeta(store, 'today', options.today ?? SAMPLE_TODAY);
  if (preset) writeMeta(store, 'preset', preset.key);
}

/**
 * Makes the 示例 ledger of 安澜市 at `path`: 300 projects, 24 ten-day reports each, today set to 2021-05-18.
 *
 * @param now UTC ms, when the file is made
 * @throws Fault LEDGER_EXISTS, DISK_FULL, READ_ONLY
 */
export function createSampleLedger(
  path: string,
  now: number,
  options: Options = {},
  onProgress?: (progress: SampleProgress) => void,
): Store {
  const officeId = options.officeId ?? SAMPLE_OFFICE;
  const store = createStore(path, { officeId, level: 'city', operator: '示例操作员', now });
  mark(store, options);
  writeSample(store, { ...options, officeId }, onProgress);
  return store;
}

/** Rows of the sample that a county of this name holds: the organisation, and of the rest its own. */
function* countyRows(
  options: SampleOptions,
  unitName: string,
): Generator<{ at: number; title: string; changes: Change[] }> {
  let unitId: Value = null;
  const projects = new Set<string>();
  const isOwn = ({ entity, id, set }: Change): boolean => {
    switch (entity) {
      case 'responsibilityUnit':
        if (set['name'] === unitName) unitId = id;
        return true;
      case 'project':
        if (set['unitId'] === unitId) projects.add(id);
        return projects.has(id);
      default:
        switch (entityOf(entity).scope) {
          case 'unit':
            return set['unitId'] === unitId;
          case 'project':
            return typeof set['projectId'] === 'string' && projects.has(set['projectId']);
          case 'office':
          case 'above':
          case 'none':
            return true;
        }
    }
  };
  for (const { at, title, changes } of generateCity(options)) {
    const own = changes.filter(isOwn);
    if (own.length > 0) yield { at, title, changes: own };
  }
}

/**
 * Makes the ledger of one county of the sample city, as it would be after enrolment and its own reports; for tests.
 *
 * @throws RangeError when the sample has no such unit; Fault as `createStore` does
 */
export function createSampleCounty(path: string, now: number, unitName = '青禾县', options: Options = {}): Store {
  const all: SampleOptions = { ...options, officeId: options.officeId ?? SAMPLE_OFFICE };
  const [first] = generateCity(all);
  const unit = first?.changes.find((row) => row.entity === 'responsibilityUnit' && row.set['name'] === unitName);
  const officeId = unit?.set['officeId'];
  if (typeof officeId !== 'string') throw new RangeError(`The sample has no unit ${unitName}`);
  // Only a city may register organisation; the county's comes with its enrolment file, which is not played here.
  const store = createStore(path, { officeId, level: 'city', operator: '示例操作员', now });
  mark(store, options);
  for (const { at, title, changes } of countyRows(all, unitName)) {
    commit(store, { kind: 'setup', title, changes }, { operator: '示例数据', now: at });
  }
  writeMeta(store, 'level', 'county');
  return store;
}
