import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { PrintDialog } from '../../components/print-dialog.tsx';

type Kind = 'roster' | 'responsibility' | 'sixOnes' | 'hookup' | 'unitGroups' | 'serving' | 'instructions';

const PAPERS: readonly { readonly key: Kind; readonly label: string }[] = [
  { key: 'roster', label: '组织机构名册' },
  { key: 'responsibility', label: '包保责任一览表' },
  { key: 'sixOnes', label: '“六个一”缺项清单' },
  { key: 'hookup', label: '挂点帮扶统计表' },
  { key: 'unitGroups', label: '各单位领导小组名册' },
  { key: 'serving', label: '服务名单' },
  { key: 'instructions', label: '领导指示办理情况' },
];

/** 打印: rosters and tables of responsibility (A1, B3, C3, C4, D2). */
export function PrintTeams() {
  const [kind, setKind] = useState<Kind | null>(null);
  const paper = useQuery({
    ...api.teams.paper.queryOptions({ input: { kind: kind ?? 'roster' } }),
    enabled: kind !== null,
    gcTime: 0,
  });
  const label = PAPERS.find((each) => each.key === kind)?.label ?? '';
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: PAPERS.map(({ key, label: text }) => ({ key, label: text })),
          onClick: ({ key }) => setKind(key as Kind),
        }}
      >
        <Button icon={<PrinterOutlined aria-hidden />}>打印</Button>
      </Dropdown>
      <PrintDialog
        open={kind !== null}
        title={`打印${label}`}
        paper={paper.data}
        fault={paper.error === null ? null : messageOf(paper.error)}
        fileName={paper.data?.title ?? label}
        onClose={() => setKind(null)}
      />
    </>
  );
}
