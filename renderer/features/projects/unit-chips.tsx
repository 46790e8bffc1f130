import { LightMark } from '../../components/light-mark.tsx';
import type { ProjectRow } from './rows.ts';

interface ChipsProps {
  readonly rows: readonly ProjectRow[];
  /** Units in the city's order. */
  readonly units: readonly { readonly id: string; readonly label: string }[];
  readonly unitId: string | null;
  readonly light: string | null;
  onUnit(unitId: string | null): void;
  onLight(light: string | null): void;
}

const LIGHTS = [
  { light: 'red', label: '红灯' },
  { light: 'yellow', label: '黄灯' },
  { light: 'green', label: '绿灯' },
  { light: 'none', label: '不适用' },
] as const;

function count<K>(rows: readonly ProjectRow[], keyOf: (row: ProjectRow) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}

/** One click narrows the ledger to a unit or a light; the numbers tell what is behind each. */
export function UnitChips({ rows, units, unitId, light, onUnit, onLight }: ChipsProps) {
  const ofLight = light === null ? rows : rows.filter((row) => row.light === light);
  const ofUnit = unitId === null ? rows : rows.filter((row) => row.unitId === unitId);
  const byUnit = count(ofLight, (row) => row.unitId);
  const byLight = count(ofUnit, (row) => row.light);
  const present = new Set(rows.map((row) => row.unitId));
  const shown = units.filter((unit) => present.has(unit.id));
  return (
    <div className="chips">
      {shown.length > 1 ? (
        <fieldset className="chip-group" aria-label="按责任单位筛选">
          <button type="button" className="chip" aria-pressed={unitId === null} onClick={() => onUnit(null)}>
            全部 <b>{ofLight.length}</b>
          </button>
          {shown.map((unit) => (
            <button
              key={unit.id}
              type="button"
              className="chip"
              aria-pressed={unitId === unit.id}
              onClick={() => onUnit(unitId === unit.id ? null : unit.id)}
            >
              {unit.label} <b>{byUnit.get(unit.id) ?? 0}</b>
            </button>
          ))}
        </fieldset>
      ) : null}
      <fieldset className="chip-group" aria-label="按亮灯筛选">
        {LIGHTS.map((item) => (
          <button
            key={item.light}
            type="button"
            className="chip"
            aria-pressed={light === item.light}
            title={`只看${item.label}的项目`}
            onClick={() => onLight(light === item.light ? null : item.light)}
          >
            <LightMark light={item.light} /> <span className="chip-label">{item.label}</span>{' '}
            <b>{byLight.get(item.light) ?? 0}</b>
          </button>
        ))}
      </fieldset>
    </div>
  );
}
