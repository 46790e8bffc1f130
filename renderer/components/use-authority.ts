import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type EntityName, fieldOf, type Owner, type Value } from '../../shared/dictionary/index.ts';
import { authority } from '../../shared/domain/authority.ts';
import { api } from '../app/api.ts';
import { useLedger } from '../app/ledger-status.tsx';

export interface OwnerNote {
  /** '市' or '县': the other side. */
  readonly mark: string;
  readonly help: string;
}

export interface AuthorityView {
  /** The other side of a field of a unit's row, by the field's key, or null where this office decides it itself. */
  ownerOf(key: string, unitId: Value): OwnerNote | null;
  /** The same for a column, where any of its rows may be the other side's. */
  ownerOfColumn(key: string): OwnerNote | null;
}

const CITY: OwnerNote = { mark: '市', help: '由市级填报；在这里修改会作为建议修改提出，对方采纳后生效' };
const BELOW: OwnerNote = { mark: '下', help: '由下级填报端填报；在这里修改会作为建议修改提出，对方采纳后生效' };
const COUNTY: OwnerNote = { mark: '县', help: '由责任单位（县区）填报；在这里修改会作为建议修改提出，对方采纳后生效' };

/** Who decides a field of an entity, told beforehand by the rule that the ledger itself applies (authority before time). */
export function useAuthority(entity: EntityName): AuthorityView {
  const { level, officeId } = useLedger();
  const { data: units } = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' } }));
  const { data: offices } = useQuery(api.records.list.queryOptions({ input: { entity: 'office' } }));
  const { data: others } = useQuery(api.exchange.otherOwners.queryOptions());
  return useMemo(() => {
    const told = new Map(
      (others ?? []).filter((each) => each.entity === entity).map((each) => [each.field, each.city]),
    );
    const decides = (key: string): Owner => told.get(key) ?? fieldOf(entity, key)?.owner ?? 'shared';
    const admitted = new Set(
      (offices ?? []).filter((office) => office['status'] === 'admitted').map((office) => office.id),
    );
    const officeOf = (unitId: Value): string | null => {
      const unit = (units ?? []).find((row) => row.id === unitId);
      const keeper = unit?.['officeId'];
      if (typeof keeper !== 'string') return null;
      if (keeper === officeId) return level === 'city' ? null : keeper;
      return admitted.has(keeper) ? keeper : null;
    };
    const writer = { officeId, level };
    const ownerOf = (key: string, unitId: Value): OwnerNote | null => {
      const keeper = officeOf(unitId);
      const owner = decides(key);
      if (authority(owner, writer, keeper) === 'may') return null;
      if (level === 'city') return COUNTY;
      return owner !== 'city' && keeper !== null && keeper !== officeId ? BELOW : CITY;
    };
    return {
      ownerOf,
      ownerOfColumn: (key) => (units ?? []).map((unit) => ownerOf(key, unit.id)).find((note) => note !== null) ?? null,
    };
  }, [units, offices, others, entity, officeId, level]);
}
