import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import type { FullCheck } from '../../../shared/contract/backup.ts';
import { ledger } from '../../app/api.ts';
import { useJob } from '../../components/use-job.tsx';
import { whenText } from './words.ts';

function Findings({ result }: { readonly result: FullCheck }) {
  const all = [...result.pages, ...result.journal, ...result.tables];
  if (result.ok) {
    return (
      <Alert
        type="success"
        showIcon
        title={`台账完好（${whenText(result.at)} 检查）`}
        description={`数据页、${result.entries} 条流水的摘要和链接、由流水重建的 ${result.rows} 行数据，全部相符。`}
      />
    );
  }
  return (
    <Alert
      type="error"
      showIcon
      title="台账有不相符的地方，请保留原文件，用最近的备份恢复"
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 160, overflow: 'auto' }}>
          {all.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      }
    />
  );
}

/** Photos that the disk has changed: the rows are sound all the same. */
function DamagedPictures({ names }: { readonly names: readonly string[] }) {
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginTop: 8 }}
      title={`${names.length} 处照片、视频的文件已经损坏，已移到一边`}
      description={
        <>
          现在显示“待补照片”。第二位置有的下次备份时补回，对方有的随对方的同步文件补回；都没有的，请重新加入。
          <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 120, overflow: 'auto' }}>
            {names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      }
    />
  );
}

/** 全面检查: pages, digests and chain of the journal, the tables made anew from the journal, and what photos hold. */
export function CheckCard() {
  const [result, setResult] = useState<FullCheck | null>(null);
  const job = useJob();
  const check = async (): Promise<void> => {
    const found = await job.run('全面检查', (signal) => ledger.backup.check({}, { signal }));
    if (found) setResult(found);
  };
  return (
    <Card
      title="全面检查"
      extra={
        <Button loading={job.busy} onClick={() => void check()}>
          开始检查
        </Button>
      }
    >
      {result ? (
        <>
          <Findings result={result} />
          {result.pictures.length > 0 ? <DamagedPictures names={result.pictures} /> : null}
        </>
      ) : (
        <p style={{ margin: 0, color: '#374151' }}>
          每次打开台账时已作快速检查。全面检查再核对每一条流水，并用流水重新算出各表，逐项比对；照片、视频逐个核对内容。台账的内容不改动。
        </p>
      )}
      {job.dialog}
    </Card>
  );
}
