import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Descriptions, Modal, Spin } from 'antd';
import dayjs from 'dayjs';
import type { BackupPreview, Restored } from '../../../shared/contract/backup.ts';
import { api, forgetEverything } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { sizeText } from '../../components/size-text.ts';
import { reasonText, whenText } from './words.ts';

interface RestoreDialogProps {
  /** Backup to restore; null while closed. */
  readonly path: string | null;
  readonly onClose: () => void;
}

function lineText(line: { readonly at: number; readonly operator: string; readonly title: string }): string {
  return `${dayjs(line.at).format('YYYY-MM-DD HH:mm')}　${line.operator}　${line.title}`;
}

/** '甲：基础施工；乙：…等 12 个' */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join('；');
  return names.length > 5 ? `${shown}……等 ${names.length} 个` : shown;
}

function picturesText({ total, missing }: BackupPreview['pictures']): string {
  if (missing.length === 0) return `${total} 个文件（含缩略图），都在`;
  return `${total} 个文件（含缩略图），缺：${someOf(missing)}。恢复后这些记录显示“待补照片”，找到后可再补`;
}

function Contents({ preview }: { readonly preview: BackupPreview }) {
  const made =
    preview.at === null
      ? preview.name
      : `${whenText(preview.at)}${preview.reason === null ? '' : `（${reasonText({ reason: preview.reason })}）`}，${sizeText(preview.bytes)}`;
  return (
    <Descriptions
      column={1}
      size="small"
      items={[
        { key: 'office', label: '单位', children: preview.officeName },
        { key: 'made', label: '备份时间', children: made },
        {
          key: 'holds',
          label: '内容',
          children: `项目 ${preview.projects} 项，旬报 ${preview.reports} 条，流水 ${preview.entries} 条`,
        },
        ...(preview.pictures.total === 0
          ? []
          : [{ key: 'pictures', label: '照片、视频', children: picturesText(preview.pictures) }]),
        { key: 'last', label: '最后一次操作', children: preview.last ? lineText(preview.last) : '无' },
      ]}
    />
  );
}

function Consequence({ comparison }: { readonly comparison: BackupPreview['comparison'] }) {
  switch (comparison.kind) {
    case 'other-office':
      return (
        <Alert
          type="error"
          showIcon
          title={`这份备份不是本单位（${comparison.officeName}）的，不能恢复。请选择本单位的备份。`}
        />
      );
    case 'none':
      return (
        <Alert
          type="info"
          showIcon
          title="备份之后保存的修改，只要还能从损坏的台账中读出并核对无误，会一并补回。损坏的文件改名保留，不会删除。"
        />
      );
    case 'same-office':
      if (comparison.newer === 0) return <Alert type="success" showIcon title="当前台账没有比这份备份更新的内容。" />;
      return (
        <>
          <Alert
            type="warning"
            showIcon
            title={`当前台账在这份备份之后还有 ${comparison.newer} 次操作，恢复后看不到它们：`}
          />
          <ol style={{ margin: '8px 0 0', paddingInlineStart: 22, maxHeight: 160, overflow: 'auto' }}>
            {comparison.lines.map((line) => (
              <li key={line.n}>{lineText(line)}</li>
            ))}
          </ol>
        </>
      );
  }
}

function doneText({ keptAs, caughtUp, complete, pictures }: Restored, damaged: boolean): string {
  const brought = pictures.copied > 0 ? `照片、视频补回 ${pictures.copied} 个。` : '';
  const lacking = pictures.missing.length > 0 ? `缺照片、视频：${someOf(pictures.missing)}。` : '';
  const aside = keptAs === null ? '' : `原来的文件保留为“${keptAs.split(/[\\/]/u).at(-1) ?? ''}”。`;
  const kept = `${brought}${lacking}${aside}`;
  if (!damaged) return `已恢复。${kept}`;
  if (complete) {
    return caughtUp > 0
      ? `已恢复，备份之后的 ${caughtUp} 次操作也全部补回。${kept}`
      : `已恢复，备份之后没有过操作，什么也没有少。${kept}`;
  }
  const back = caughtUp > 0 ? `备份之后的 ${caughtUp} 次操作已补回，再往后的没有读出来` : '备份之后的操作没有读出来';
  return `已恢复，${back}，请核对最近的工作。${kept}`;
}

/** What a backup holds and what would be lost to view, before anything is done; then 恢复. */
export function RestoreDialog({ path, onClose }: RestoreDialogProps) {
  const { modal, message } = App.useApp();
  const preview = useQuery({
    ...api.backup.preview.queryOptions({ input: { path: path ?? '' } }),
    enabled: path !== null,
    gcTime: 0,
  });
  const restore = useMutation(
    api.backup.restore.mutationOptions({
      onSuccess: (result) => {
        onClose();
        forgetEverything();
        modal.success({ title: '恢复完成', content: doneText(result, preview.data?.comparison.kind === 'none') });
      },
      onError: (error) => message.error(messageOf(error), 10),
    }),
  );
  const { data } = preview;
  return (
    <Modal
      title="用备份恢复"
      open={path !== null}
      width={640}
      okText="用这份备份恢复"
      cancelText="取消"
      okButtonProps={{ disabled: data === undefined || data.comparison.kind === 'other-office' }}
      confirmLoading={restore.isPending}
      onOk={() => {
        if (path !== null) restore.mutate({ path });
      }}
      onCancel={onClose}
    >
      {preview.isPending && path !== null ? <Spin description="正在核对备份" /> : null}
      {preview.error ? <Alert type="error" showIcon title={messageOf(preview.error)} /> : null}
      {data ? (
        <>
          <p style={{ marginTop: 0 }}>已打开核对，备份完好。</p>
          <Contents preview={data} />
          <div style={{ margin: '12px 0' }}>
            <Consequence comparison={data.comparison} />
          </div>
          <p style={{ marginBottom: 0, color: '#374151' }}>
            当前的台账文件不会被覆盖，改名后留在同一文件夹。恢复后的台账使用新的编号，与其他单位交换时自动说明，各单位不用另做什么。
          </p>
        </>
      ) : null}
    </Modal>
  );
}
