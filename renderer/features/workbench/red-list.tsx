import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { RedProject } from '../../../shared/contract/workbench.ts';

/** Red projects, those that turned red and are not under supervision first; tick and draft. */
export function RedList({ red }: { readonly red: readonly RedProject[] }) {
  const [, navigate] = useLocation();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const free = red.filter((project) => project.sheet === null);
  const fresh = red.filter((project) => project.isNew);
  const chosen = ticked.filter((id) => red.some((project) => project.projectId === id));
  const [unit, setUnit] = useState('');
  const units = new Map<string, { name: string; count: number }>();
  for (const { unitId, unitName } of red) {
    const known = units.get(unitId);
    if (known === undefined) units.set(unitId, { name: unitName, count: 1 });
    else known.count += 1;
  }
  const shown = units.has(unit) ? red.filter((project) => project.unitId === unit) : red;
  const toggle = (id: string, on: boolean): void =>
    setTicked(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <section className="wb-card fill" aria-label="红灯项目">
      <header>
        <h2>红灯项目</h2>
        <span className="wb-quiet" style={{ whiteSpace: 'nowrap' }}>
          {fresh.length > 0 ? `新增 ${fresh.length}，` : '没有新增，'}共 {red.length}，未督办 {free.length}
        </span>
        <div style={{ flex: 1 }} />
        <Select
          size="small"
          aria-label="责任单位"
          style={{ width: 148 }}
          value={units.has(unit) ? unit : ''}
          options={[
            { value: '', label: '全部单位' },
            ...[...units]
              .sort(([, left], [, right]) => right.count - left.count)
              .map(([value, { name, count }]) => ({ value, label: `${name} ${count}` })),
          ]}
          onChange={setUnit}
        />
        <Button
          type={chosen.length > 0 ? 'primary' : 'default'}
          size="small"
          disabled={chosen.length === 0}
          onClick={() => navigate(`/supervision/new?projects=${chosen.join(',')}`)}
        >
          拟督办文书{chosen.length > 0 ? `（${chosen.length}）` : ''}
        </Button>
      </header>
      {red.length === 0 ? (
        <div className="wb-done">没有红灯项目</div>
      ) : (
        <div className="wb-scroll">
          <ul className="wb-list">
            {shown.map((project) => (
              <li key={project.projectId} className="wb-red">
                <Checkbox
                  aria-label={`选择${project.name}`}
                  checked={chosen.includes(project.projectId)}
                  onChange={({ target }) => toggle(project.projectId, target.checked)}
                />
                <div style={{ minWidth: 0 }}>
                  <Link href={`/projects/${project.projectId}`} className="wb-red-name">
                    {project.name}
                  </Link>{' '}
                  <span className="wb-quiet">{project.unitName}</span>
                  <div className="wb-quiet" style={{ fontSize: 13 }}>
                    {project.isNew ? <span className="wb-urgent">新增 </span> : null}
                    {project.text}
                  </div>
                </div>
                <span style={{ whiteSpace: 'nowrap' }}>
                  {project.sheet ? (
                    <Link href={`/supervision/${project.sheet.id}`}>{project.sheet.text}</Link>
                  ) : (
                    <span className="wb-quiet">未督办</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
