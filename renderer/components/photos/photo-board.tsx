import { FilePdfOutlined, PlusOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Empty, Input, Popconfirm, Tag } from 'antd';
import { type DragEvent, useMemo, useState } from 'react';
import type { AttachmentItem } from '../../../shared/contract/attachments.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { useJob } from '../use-job.tsx';
import { type Saver, useSave } from '../use-save.tsx';
import { captionOf, PhotoView } from './photo-view.tsx';
import './photos.css';
import { useIntake } from './use-intake.tsx';

const MOST_COMPARED = 4;

function usedTip(item: AttachmentItem): string {
  return item.used
    .map((use) => `这张照片已在“${use.projectName}”${use.periodLabel === null ? '' : `${use.periodLabel}旬报中`}用过`)
    .join('；');
}

function Picture({ item }: { readonly item: AttachmentItem }) {
  if (item.thumb !== null) return <img src={item.thumb} alt={captionOf(item)} loading="lazy" />;
  if (item.kind === 'video') return <VideoCameraOutlined aria-label="视频" />;
  if (item.kind === 'paper') return <FilePdfOutlined aria-label="资料" />;
  return <span>待补照片</span>;
}

function Card(props: {
  readonly item: AttachmentItem;
  readonly saver: Saver;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly onOpen: () => void;
}) {
  const { item, saver } = props;
  const [title, setTitle] = useState(item.title);
  const keep = (): void => {
    if (title === item.title) return;
    void saver.save('修改照片说明', [{ entity: 'attachment', id: item.id, set: { title } }]);
  };
  return (
    <li className="photo-card">
      <button type="button" className="photo-thumb" onClick={props.onOpen} aria-label={`打开 ${captionOf(item)}`}>
        <Picture item={item} />
      </button>
      <Input
        size="small"
        aria-label="照片说明"
        placeholder="写说明，如：主体封顶"
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={keep}
        onPressEnter={keep}
      />
      <div className="photo-foot">
        {item.kind === 'photo' ? (
          <Checkbox checked={props.chosen} onChange={(event) => props.onChoose(event.target.checked)}>
            对比
          </Checkbox>
        ) : null}
        {item.periodLabel === null ? null : <span className="quiet">{item.periodLabel}</span>}
        {item.present ? null : <Tag color="gold">原件待补</Tag>}
        {item.used.length === 0 ? null : (
          <Tag color="red" title={usedTip(item)}>
            重复使用
          </Tag>
        )}
        <span style={{ flex: 1 }} />
        <Popconfirm
          title="作废这一张？"
          description="不再显示，可用“撤销”恢复。"
          onConfirm={() =>
            void saver.act('作废照片', [{ entity: 'attachment', id: item.id, set: { voided: 1 } }], '已作废')
          }
        >
          <Button size="small" type="text" danger>
            作废
          </Button>
        </Popconfirm>
      </div>
    </li>
  );
}

/** 照片 of a project by the day of taking, newest first; chosen ones side by side (B7, E3). */
export function PhotoBoard({ projectId, period }: { readonly projectId: string; readonly period?: string }) {
  const { message } = App.useApp();
  const input = period === undefined ? { projectId } : { projectId, period };
  const { data } = useQuery(api.attachments.of.queryOptions({ input }));
  const saver = useSave();
  const intake = useIntake({ projectId, period: period ?? null });
  const job = useJob();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<readonly AttachmentItem[]>([]);
  const [over, setOver] = useState(false);
  const items = data ?? [];
  const days = useMemo(() => {
    const byDay = new Map<string, AttachmentItem[]>();
    for (const item of data ?? []) byDay.set(item.day, [...(byDay.get(item.day) ?? []), item]);
    return [...byDay];
  }, [data]);

  const open = async (item: AttachmentItem): Promise<void> => {
    if (item.kind === 'photo') {
      setShown([item]);
      return;
    }
    if (!item.present) {
      message.info('原件还没有送到，请等下一次交换文件或附件卷。');
      return;
    }
    const path = await platform.pickSaveFile({ title: '另存到', defaultName: item.fileName ?? '影像资料' });
    if (path === null) return;
    const saved = await job.run('另存', (signal) => ledger.attachments.saveAs({ id: item.id, path }, { signal }));
    if (saved !== null) await platform.showInFolder({ path: saved.path });
  };
  const choose = (id: string, yes: boolean): void => {
    const next = yes ? [...chosen, id] : chosen.filter((each) => each !== id);
    if (next.length > MOST_COMPARED) message.info(`最多同时对比 ${MOST_COMPARED} 张`);
    else setChosen(next);
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void intake.drop([...event.dataTransfer.files]);
  };

  return (
    <section
      className={over ? 'photo-board over' : 'photo-board'}
      aria-label="照片"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <div className="photo-bar">
        <Button
          type="primary"
          icon={<PlusOutlined aria-hidden />}
          disabled={intake.busy}
          onClick={() => void intake.pick()}
        >
          添加照片、视频
        </Button>
        <Button disabled={chosen.length < 2} onClick={() => setShown(items.filter((item) => chosen.includes(item.id)))}>
          并排对比{chosen.length > 0 ? `（${chosen.length}）` : ''}
        </Button>
        <span className="quiet">共 {items.length} 个。也可把文件拖到这里；照片自动缩到长边 2048，拍摄时间保留。</span>
      </div>
      <div className="photo-days">
        {data !== undefined && items.length === 0 ? <Empty description="还没有照片。" /> : null}
        {days.map(([day, list]) => (
          <section key={day} aria-label={day}>
            <h3>
              {day === '' ? '日期不明' : day} <small>{list.length} 个</small>
            </h3>
            <ul className="photo-grid">
              {list.map((item) => (
                <Card
                  key={`${item.id} ${item.title}`}
                  item={item}
                  saver={saver}
                  chosen={chosen.includes(item.id)}
                  onChoose={(yes) => choose(item.id, yes)}
                  onOpen={() => void open(item)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <PhotoView items={shown} onClose={() => setShown([])} />
      {intake.dialog}
      {job.dialog}
    </section>
  );
}
