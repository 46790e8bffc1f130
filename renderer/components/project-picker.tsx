import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { api } from '../app/api.ts';
import { UnitSelect } from './unit-select.tsx';

interface ProjectPickerProps {
  readonly value: readonly string[];
  onChange(ids: readonly string[]): void;
}

/** Several projects: one by one, or all of a unit. */
export function ProjectPicker({ value, onChange }: ProjectPickerProps) {
  const { data } = useQuery(api.records.list.queryOptions({ input: { entity: 'project' } }));
  const [unitId, setUnitId] = useState<string | null>(null);
  const options = useMemo(
    () =>
      (data ?? [])
        .filter((project) => unitId === null || project['unitId'] === unitId)
        .map((project) => ({ value: project.id, label: String(project['name'] ?? '') })),
    [data, unitId],
  );
  return (
    <>
      <div className="bar">
        <UnitSelect value={unitId} onChange={setUnitId} />
        <Button size="small" onClick={() => onChange(options.map((option) => option.value))}>
          全选{unitId === null ? '' : '该单位'} {options.length} 个
        </Button>
      </div>
      <Select<string[]>
        mode="multiple"
        allowClear={{ label: '清除' }}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="选择项目"
        aria-label="项目"
        maxTagCount={6}
        options={options}
        value={[...value]}
        onChange={onChange}
      />
    </>
  );
}
