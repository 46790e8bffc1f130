import { Fault } from '../../../shared/contract/faults.ts';
import { presetChanges, presetOf } from '../../../shared/presets/index.ts';
import { knownHolidayChanges } from '../calendar/index.ts';
import { knownTemplateChanges } from '../chain/index.ts';
import { knownPermitChanges } from '../permits/index.ts';
import { commit } from '../store/commit.ts';
import { createStore } from '../store/create.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';

export interface NewCity {
  readonly path: string;
  /** '安澜市'. */
  readonly place: string;
  /** '安', for document numbers. */
  readonly placeShort: string;
  readonly operator: string;
  readonly presetId: string;
  readonly year: number;
}

/**
 * 新建市级台账: an empty ledger of the leading-group office, set up by a scheme preset.
 *
 * @throws Fault LEDGER_EXISTS, INVALID_VALUE when there is no such preset
 */
export function createCityLedger(city: NewCity, now: number): Store {
  const preset = presetOf(city.presetId);
  if (preset === null) throw new Fault('INVALID_VALUE', { what: '方案模板', why: `没有“${city.presetId}”这个模板` });
  const officeId = newId();
  const name = `${city.place}${preset.leadingGroup.issuer}`;
  const store = createStore(city.path, { officeId, level: 'city', operator: city.operator, now });
  const { place, placeShort } = city;
  commit(
    store,
    {
      kind: 'setup',
      title: '新建市级台账',
      changes: [
        { entity: 'office', id: officeId, set: { code: 'CITY', name, level: 'city', status: 'admitted' } },
        ...presetChanges(preset, newId, city.year, { place, placeShort }),
        ...knownHolidayChanges(newId),
        ...knownTemplateChanges(newId),
        ...knownPermitChanges(newId),
      ],
    },
    { operator: city.operator, now },
  );
  return store;
}
