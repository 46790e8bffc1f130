import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api } from '../app/api.ts';

interface UnitSelectProps {
  readonly value: string | null;
  onChange(unitId: string | null): void;
}

/** 责任单位: all, or one. */
export function UnitSelect({ value, onChange }: UnitSelectProps) {
  const { data } = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' } }));
  const units = [...(data ?? [])].sort(
    (left, right) => Number(left['sequence'] ?? 9999) - Number(right['sequence'] ?? 9999),
  );
  return (
    <Select<string>
      allowClear={{ label: '清除' }}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="全部责任单位"
      aria-label="责任单位"
      style={{ width: 150 }}
      value={value}
      options={units.map((unit) => ({ value: unit.id, label: String(unit['shortName'] ?? unit['name'] ?? '') }))}
      onChange={(unitId: string | undefined) => onChange(unitId ?? null)}
    />
  );
}
