import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { AttachmentItem } from '../../../shared/contract/attachments.ts';
import { api } from '../../app/api.ts';

export function captionOf(item: AttachmentItem): string {
  const parts = [item.day, item.title || item.fileName || '未写说明', item.periodLabel];
  return parts.filter((part) => part !== null && part !== '').join('　');
}

function Large({ item }: { readonly item: AttachmentItem }) {
  const { data } = useQuery(
    api.attachments.picture.queryOptions({ input: { id: item.id }, enabled: item.present, gcTime: 30_000 }),
  );
  const source = data === undefined ? item.thumb : `data:${data.mime};base64,${data.data}`;
  return (
    <figure className="photo-large">
      {source === null ? <div className="photo-none">待补照片</div> : <img src={source} alt={captionOf(item)} />}
      <figcaption>
        {captionOf(item)}
        {item.takenAt === null ? '（没有拍摄时间，按加入时间）' : ''}
        {item.present ? '' : '（原件待补，先看缩略图）'}
      </figcaption>
    </figure>
  );
}

/** One photo large, or several side by side, older on the left (E3). */
export function PhotoView({
  items,
  onClose,
}: {
  readonly items: readonly AttachmentItem[];
  readonly onClose: () => void;
}) {
  const sorted = [...items].sort((left, right) => (left.day < right.day ? -1 : 1));
  return (
    <Modal
      open={items.length > 0}
      onCancel={onClose}
      footer={null}
      width="92vw"
      style={{ top: 20 }}
      title={items.length > 1 ? '按日期对比' : '查看照片'}
      destroyOnHidden
    >
      <div
        className="photo-compare"
        style={{ gridTemplateColumns: `repeat(${Math.max(1, sorted.length)}, minmax(0, 1fr))` }}
      >
        {sorted.map((item) => (
          <Large key={item.id} item={item} />
        ))}
      </div>
    </Modal>
  );
}
