import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, type Session } from '../../../electron/ledger/session/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { writeMeta } from '../../../electron/ledger/store/meta.ts';
import type { Value } from '../../../shared/dictionary/index.ts';

/** A ledger in a folder of its own with the units of the invented city. */
export interface Office {
  readonly folder: string;
  readonly session: Session;
  readonly unitId: (name: string) => string;
  /** Writes a file into the folder and gives its path. */
  readonly file: (name: string, bytes: Buffer) => string;
  readonly addProject: (set: Readonly<Record<string, Value>>) => string;
  readonly projects: () => readonly Readonly<Record<string, Value>>[];
  readonly people: () => readonly Readonly<Record<string, Value>>[];
  readonly close: () => void;
}

const UNIT_NAMES = ['临江县', '北安区', '安澜经济技术开发区', '安澜市交通运输局'] as const;
const SHORT: Readonly<Record<string, string>> = {
  临江县: '临江',
  安澜经济技术开发区: '经开区',
  安澜市交通运输局: '市交通局',
};

/** @param level 'county' makes the ledger of 临江县: the other units belong to the city */
export function office(level: 'city' | 'county' = 'city'): Office {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-excel-'));
  const now = Date.UTC(2021, 4, 18, 2);
  const [cityId, countyId] = [newId(), newId()];
  const store = createStore(join(folder, '台账.bbledger'), {
    officeId: level === 'city' ? cityId : countyId,
    level: 'city',
    operator: '王某',
    now,
  });
  const units = new Map(UNIT_NAMES.map((name) => [name as string, newId()]));
  commit(
    store,
    {
      kind: 'setup',
      title: '登记单位',
      changes: [
        { entity: 'office', id: cityId, set: { code: '市', name: '安澜市', level: 'city', status: 'admitted' } },
        {
          entity: 'office',
          id: countyId,
          set: { code: '临江', name: '临江县', level: 'county', status: 'admitted', parentOfficeId: cityId },
        },
        ...UNIT_NAMES.map((name, sequence) => ({
          entity: 'responsibilityUnit' as const,
          id: units.get(name) ?? '',
          set: {
            name,
            shortName: SHORT[name] ?? null,
            sequence,
            officeId: level === 'city' ? null : name === '临江县' ? countyId : cityId,
          },
        })),
      ],
    },
    { operator: '王某', now },
  );
  if (level === 'county') writeMeta(store, 'level', 'county');
  writeMeta(store, 'today', '2021-05-18');
  const session = openSession(store, { dataFolder: folder, now: () => now });
  const rows = (table: 'project' | 'person') =>
    store.db.prepare(`SELECT * FROM "${table}" WHERE "voided" = 0 ORDER BY "id"`).all() as Record<string, Value>[];
  return {
    folder,
    session,
    unitId: (name) => units.get(name) ?? '',
    file: (name, bytes) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    addProject: (set) => {
      const id = newId();
      commit(store, { kind: 'edit', title: '新增项目', changes: [{ entity: 'project', id, set }] }, session.actor());
      return id;
    },
    projects: () => rows('project'),
    people: () => rows('person'),
    close: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
