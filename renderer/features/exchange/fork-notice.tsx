import { Alert, Descriptions } from 'antd';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import { timeText } from './words.ts';

type Fork = NonNullable<FileReport['fork']>;

const machineText = (machine: string | null): string => (machine === null ? '电脑未记名' : `电脑“${machine}”`);
const numberText = (number: number | null): string => (number === null ? '' : `第${number}号文件`);

/** Two PCs write as one office: which, since when, what to do. Instead of the bare refusal. */
export function ForkNotice({ fork, officeName }: { readonly fork: Fork; readonly officeName: string }) {
  const { common, read, refused } = fork;
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 8 }}
      title={`疑似两台电脑同一身份：${officeName}的台账被复制到另一台电脑，或放回过旧文件，此后各写各的。本文件没有导入，本台账未改动，两边的数据都在。`}
      description={
        <>
          <Descriptions
            size="small"
            column={1}
            items={[
              {
                key: 'common',
                label: '一致到',
                children:
                  common === null ? '入网时' : `${numberText(common.number)}，${timeText(common.at)} 导入；此后不同`,
              },
              {
                key: 'read',
                label: '已收下的',
                children: `${machineText(read.machine)}，${numberText(read.number)}，${timeText(read.at)} 导入`,
              },
              {
                key: 'refused',
                label: '本文件',
                children: `${machineText(refused.machine)}，${numberText(refused.number)}，${timeText(refused.at)} 制作`,
              },
            ]}
          />
          <div style={{ marginTop: 6 }}>
            怎么办：请{officeName}在{refused.machine === null ? '写出本文件的电脑' : machineText(refused.machine)}
            上打开“交换”，点“换用新编号”，再导出全量送来。导入后两边的数据都在，同一处改得不同的列入“冲突”。发给该单位的下一个文件会自动告知。
          </div>
        </>
      }
    />
  );
}
