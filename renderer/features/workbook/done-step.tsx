import { Button, Result } from 'antd';
import type { ImportResult } from '../../../shared/contract/workbook.ts';

interface DoneProps {
  readonly result: ImportResult;
  readonly target: 'project' | 'report';
  readonly undone: boolean;
  readonly onUndo: () => void;
  readonly onSaveProblems: () => void;
  readonly onSee: () => void;
  readonly onAgain: () => void;
}

function summary(
  { created, updated, unchanged, skipped, returned, people, proposals }: ImportResult,
  target: DoneProps['target'],
): readonly string[] {
  const lines: string[] = [];
  if (target === 'project') lines.push(`新增 ${created} 项，更新 ${updated} 项`);
  else lines.push(`填入旬报草稿 ${updated} 项，还没有提交`);
  if (unchanged > 0) lines.push(`${unchanged} 项与台账相同，没有改动`);
  if (people > 0) lines.push(`登记人员 ${people} 人`);
  if (proposals > 0) lines.push(`${proposals} 处由对方决定的内容，已作为建议修改`);
  if (skipped > 0) lines.push(`按您的选择没有导入 ${skipped} 行`);
  if (returned > 0) lines.push(`因有问题或待选择没有导入 ${returned} 行，可导出后改正再导入`);
  return lines;
}

const MOST_SHOWN = 6;

/** Which rows were left out and why; the rest is in the file that can be exported. */
function Reasons({ reasons, returned }: Pick<ImportResult, 'reasons' | 'returned'>) {
  if (reasons.length === 0) return null;
  const shown = reasons.slice(0, MOST_SHOWN);
  return (
    <ul className="wb-reasons" aria-label="没有导入的行">
      {shown.map(({ rowNumber, label, text }) => (
        <li key={rowNumber}>
          第 {rowNumber} 行“{label || '没有项目名称'}”：{text}
        </li>
      ))}
      {returned > shown.length ? <li>另有 {returned - shown.length} 行，见导出的表</li> : null}
    </ul>
  );
}

/** The last step: what was done, the way back, and the rows that were left out. */
export function DoneStep({ result, target, undone, onUndo, onSaveProblems, onSee, onAgain }: DoneProps) {
  return (
    <section className="panel wb-done" aria-label="导入结果">
      <Result
        status={undone ? 'info' : 'success'}
        title={undone ? '已撤销这次导入' : '已导入'}
        subTitle={
          undone ? (
            '台账回到导入之前。'
          ) : (
            <>
              {summary(result, target).map((line) => (
                <div key={line}>{line}</div>
              ))}
              <Reasons reasons={result.reasons} returned={result.returned} />
              {result.n === null ? null : (
                <div className="wb-quiet">如需撤回，随时可以在右上角“撤销”里找到“{result.title}”</div>
              )}
            </>
          )
        }
        extra={[
          <Button key="see" type="primary" onClick={onSee}>
            {target === 'project' ? '看项目台账' : '看旬报'}
          </Button>,
          ...(undone || result.n === null
            ? []
            : [
                <Button key="undo" onClick={onUndo}>
                  撤销这次导入
                </Button>,
              ]),
          ...(result.returned > 0
            ? [
                <Button key="problems" onClick={onSaveProblems}>
                  导出没有导入的 {result.returned} 行
                </Button>,
              ]
            : []),
          <Button key="again" onClick={onAgain}>
            再导入一个文件
          </Button>,
        ]}
      />
    </section>
  );
}
