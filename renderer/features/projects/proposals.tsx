import { Alert, Button } from 'antd';
import type { ProjectPage } from '../../../shared/contract/projects.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import type { Saver } from '../../components/use-save.tsx';

/** Open 建议修改 on this project, with what becomes of each. */
export function Proposals({
  proposals,
  saver,
}: {
  readonly proposals: ProjectPage['proposals'];
  readonly saver: Saver;
}) {
  const { operator } = useLedger();
  if (proposals.length === 0) return null;
  const withdraw = (proposal: ProjectPage['proposals'][number]): void => {
    void saver.act(
      `撤回建议修改“${proposal.label}”`,
      [{ entity: 'proposal', id: proposal.id, set: { state: 'declined', decidedBy: operator } }],
      `已撤回建议修改“${proposal.label}”`,
    );
  };
  return (
    <Alert
      type="info"
      title={`建议修改 ${proposals.length} 处，待处理`}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 96, overflow: 'auto' }}>
          {proposals.map((proposal) => {
            return (
              <li key={proposal.id}>
                {proposal.office}
                {proposal.operator === null ? '' : `（${proposal.operator}）`}建议将“{proposal.label}”由{' '}
                {proposal.current} 改为 {proposal.proposed}
                {proposal.reason === null ? '' : `，理由：${proposal.reason}`}
                {proposal.ours ? (
                  <>
                    ，等对方处理　
                    <Button size="small" type="link" onClick={() => withdraw(proposal)}>
                      撤回
                    </Button>
                  </>
                ) : null}
              </li>
            );
          })}
        </ul>
      }
    />
  );
}
