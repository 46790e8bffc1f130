import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Collapse, Spin } from 'antd';
import { useLocation } from 'wouter';
import type { Coverage } from '../../../shared/contract/organisation.ts';
import { api } from '../../app/api.ts';

interface Finding {
  readonly key: string;
  readonly label: string;
  readonly rows: readonly { readonly id: string; readonly text: string; readonly path: string | null }[];
}

function findings(coverage: Coverage): readonly Finding[] {
  const projects = (key: string, label: string, rows: Coverage['withoutCityLeader']): Finding => ({
    key,
    label,
    rows: rows.map((row) => ({ id: row.id, text: `${row.name}（${row.unitName}）`, path: `/projects/${row.id}` })),
  });
  const plain = (
    key: string,
    label: string,
    rows: readonly { readonly id: string; readonly name: string }[],
  ): Finding => ({
    key,
    label,
    rows: rows.map((row) => ({ id: row.id, text: row.name, path: null })),
  });
  return [
    projects('withoutCityLeader', '没有市级责任领导的项目', coverage.withoutCityLeader),
    projects('withoutCountyLeader', '没有县级包保领导的项目', coverage.withoutCountyLeader),
    projects('withoutOfficer', '没有责任人的项目', coverage.withoutOfficer),
    projects('withoutForceLeader', '没有专班班长的项目', coverage.withoutForceLeader),
    projects('withoutServiceOfficer', '没有首席服务员的项目', coverage.withoutServiceOfficer),
    projects('withoutLiaison', '没有联络员的项目', coverage.withoutLiaison),
    projects('withoutGreenChannel', '没有开通绿色通道的项目', coverage.withoutGreenChannel),
    {
      key: 'leadersWithoutProjects',
      label: '没有包保任务的领导（副处级以上）',
      rows: coverage.leadersWithoutProjects.map((row) => ({
        id: row.id,
        text: row.title === null ? row.name : `${row.name}（${row.title}）`,
        path: null,
      })),
    },
    {
      key: 'unitsInNoGroup',
      label: '没有归入推进组的单元',
      rows: coverage.unitsInNoGroup.map((row) => ({
        id: row.id,
        text: `${row.name}，${row.projects} 个项目`,
        path: null,
      })),
    },
    {
      key: 'unitsInTwoGroups',
      label: '同时在两个推进组的单元',
      rows: coverage.unitsInTwoGroups.map((row) => ({ id: row.id, text: `${row.name}：${row.groups}`, path: null })),
    },
    plain('groupsWithoutLeader', '没有组长的推进组', coverage.groupsWithoutLeader),
    plain('groupsWithoutLiaison', '没有联络员的推进组', coverage.groupsWithoutLiaison),
  ];
}

/** 覆盖检查 (C3, A10): what has nobody, and who has nothing. */
export function CoverageTab() {
  const [, navigate] = useLocation();
  const { data } = useQuery(api.organisation.coverage.queryOptions({ input: {} }));
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  const all = findings(data);
  const open = all.filter((finding) => finding.rows.length > 0);
  const clear = all.filter((finding) => finding.rows.length === 0);
  return (
    <div className="page-body">
      <p style={{ margin: '0 0 8px' }}>
        按 {data.date} 的归组检查，未竣工项目 {data.projects} 个（打包项目和子项各算一个）。
        {open.length === 0 ? '没有发现缺口。' : `有 ${open.length} 类缺口。`}
      </p>
      <Collapse
        style={{ background: '#fff' }}
        items={open.map((finding) => ({
          key: finding.key,
          label: (
            <span>
              <ExclamationCircleOutlined aria-hidden style={{ color: '#a15c00' }} /> {finding.label}：
              <strong>{finding.rows.length}</strong>
            </span>
          ),
          children: (
            <ul className="columns-list">
              {finding.rows.map((row) => (
                <li key={row.id}>
                  {row.path === null ? (
                    row.text
                  ) : (
                    <button type="button" className="link-button" onClick={() => navigate(row.path ?? '/')}>
                      {row.text}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          ),
        }))}
      />
      <ul style={{ listStyle: 'none', margin: '10px 0 0', padding: 0, color: '#374151' }}>
        {clear.map((finding) => (
          <li key={finding.key} style={{ lineHeight: '26px' }}>
            <CheckCircleOutlined aria-hidden style={{ color: '#1a7f37' }} /> {finding.label}：没有
          </li>
        ))}
      </ul>
    </div>
  );
}
