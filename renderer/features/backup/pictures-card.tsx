import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions } from 'antd';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { sizeText } from '../../components/size-text.ts';

interface PicturesCardProps {
  readonly pictures: {
    readonly total: number;
    readonly lacking: number;
    readonly bytes: number;
    readonly second: { readonly total: number; readonly missing: readonly string[] } | null;
  };
  readonly hasSecond: boolean;
}

function keptText({ pictures, hasSecond }: PicturesCardProps): string {
  if (!hasSecond) return '没有备份。选定第二位置后，每次备份时自动抄送，已抄送的不再重复';
  if (pictures.second === null) return '选定了第二位置，下次备份时抄送';
  const { total, missing } = pictures.second;
  return missing.length === 0 ? `${total} 个都在第二位置，已读回核对` : `第二位置还缺 ${missing.length} 个`;
}

/** 照片、视频: how many, whether they are in the second place too, what nothing needs any more. */
export function PicturesCard({ pictures, hasSecond }: PicturesCardProps) {
  const { message, modal } = App.useApp();
  const unused = useQuery(api.backup.unused.queryOptions());
  const clear = useMutation(
    api.backup.clearUnused.mutationOptions({
      onSuccess: ({ count, bytes, unsure }) => {
        if (unsure === null) message.success(`已清理 ${count} 个，腾出 ${sizeText(bytes)}`);
        else message.warning(`“${unsure}”读不出来，没有清理任何文件`);
      },
      onError: (error) => message.error(messageOf(error), 8),
      onSettled: () => void unused.refetch(),
    }),
  );
  const ask = (count: number, bytes: number): void => {
    modal.confirm({
      title: `清理 ${count} 个用不到的文件`,
      content: `共 ${sizeText(bytes)}。台账的记录、流水、各份备份和旁边的台账都不再用到它们，而且已放了 90 天以上。清理后不能恢复。`,
      okText: '清理',
      cancelText: '不清理',
      onOk: () => clear.mutateAsync({}),
    });
  };
  const missing = pictures.second?.missing ?? [];
  return (
    <Card title="照片、视频" className="backup-wide">
      <Descriptions
        column={1}
        size="small"
        items={[
          {
            key: 'here',
            label: '本机',
            children: `${pictures.total} 个文件（含缩略图），${sizeText(pictures.bytes)}${pictures.lacking > 0 ? `；其中 ${pictures.lacking} 个本机没有` : ''}`,
          },
          { key: 'second', label: '备份', children: keptText({ pictures, hasSecond }) },
          ...(unused.data
            ? [
                {
                  key: 'unused',
                  label: '用不到的',
                  children:
                    unused.data.unsure !== null ? (
                      `“${unused.data.unsure}”读不出来，不能确定，暂不清理`
                    ) : unused.data.count === 0 ? (
                      '无'
                    ) : (
                      <>
                        {`${unused.data.count} 个，${sizeText(unused.data.bytes)} `}
                        <Button
                          type="link"
                          size="small"
                          loading={clear.isPending}
                          onClick={() => ask(unused.data.count, unused.data.bytes)}
                        >
                          清理…
                        </Button>
                      </>
                    ),
                },
              ]
            : []),
        ]}
      />
      {missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title="这些照片、视频本机和第二位置都没有，请向报送单位索取："
          description={
            <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 120, overflow: 'auto' }}>
              {missing.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          }
        />
      ) : null}
    </Card>
  );
}
