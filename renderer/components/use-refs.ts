import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useMemo } from 'react';
import type { EntityName, Value } from '../../shared/dictionary/index.ts';
import { api, ledger } from '../app/api.ts';
import { messageOf } from '../app/fault.ts';
import { newId } from '../app/new-id.ts';
import type { RefOption, Refs } from '../grid/index.ts';

type PlainRow = Readonly<Record<string, Value>> & { readonly id: string };

const words = (row: PlainRow, key: string): string => {
  const value = row[key];
  return typeof value === 'string' ? value : '';
};

function useRows(entity: EntityName, enabled: boolean): readonly PlainRow[] | undefined {
  const { data } = useQuery(api.records.list.queryOptions({ input: { entity }, enabled }));
  return data as readonly PlainRow[] | undefined;
}

/** People with their title behind the name where two have the same. */
function peopleOptions(rows: readonly PlainRow[]): readonly RefOption[] {
  const count = new Map<string, number>();
  for (const row of rows) count.set(words(row, 'name'), (count.get(words(row, 'name')) ?? 0) + 1);
  return rows.map((row) => {
    const label = words(row, 'name');
    const title = words(row, 'title');
    return { id: row.id, label, ...((count.get(label) ?? 0) > 1 && title !== '' ? { hint: title } : {}) };
  });
}

function plainOptions(rows: readonly PlainRow[]): readonly RefOption[] {
  return rows.map((row) => ({ id: row.id, label: words(row, 'name') }));
}

const inOrder = (rows: readonly PlainRow[]): readonly PlainRow[] =>
  [...rows].sort((left, right) => Number(left['sequence'] ?? 9999) - Number(right['sequence'] ?? 9999));

export interface RefsWanted {
  /** 打包项目: the projects themselves. A large list, so only where a screen asks for it. */
  readonly projects?: boolean;
}

/**
 * What reference fields may point to: units, people (created as they are typed), offices, groups. The object stays the same
 * until one of the lists changes.
 */
export function useRefs({ projects = false }: RefsWanted = {}): Refs {
  const { message } = App.useApp();
  const units = useRows('responsibilityUnit', true);
  const people = useRows('person', true);
  const offices = useRows('office', true);
  const groups = useRows('promotionGroup', true);
  const bundles = useRows('project', projects);
  return useMemo((): Refs => {
    const createPerson = async (label: string): Promise<string | null> => {
      const id = newId();
      const name = label.trim();
      try {
        await ledger.records.commit({ title: `登记人员“${name}”`, changes: [{ entity: 'person', id, set: { name } }] });
        return id;
      } catch (error) {
        message.error(messageOf(error), 8);
        return null;
      }
    };
    return {
      responsibilityUnit: { options: plainOptions(inOrder(units ?? [])) },
      person: { options: peopleOptions(people ?? []), create: createPerson },
      office: { options: plainOptions(offices ?? []) },
      promotionGroup: { options: plainOptions(inOrder(groups ?? [])) },
      project: { options: plainOptions(bundles ?? []) },
    };
  }, [units, people, offices, groups, bundles, message]);
}
