import { CameraOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PhotoBoard } from './photo-board.tsx';

interface PeriodPhotosProps {
  readonly projectId: string;
  readonly projectName: string;
  readonly period: string;
  /** '2021年5月中旬'. */
  readonly periodLabel: string;
}

/** Number of photos of a project in a report period, with the way to add some (B7). */
export function PeriodPhotos({ projectId, projectName, period, periodLabel }: PeriodPhotosProps) {
  const [open, setOpen] = useState(false);
  const { data } = useQuery(api.attachments.counts.queryOptions({ input: { period } }));
  const count = data?.find((each) => each.projectId === projectId)?.count ?? 0;
  return (
    <>
      <Button size="small" icon={<CameraOutlined aria-hidden />} onClick={() => setOpen(true)}>
        照片 {count} · 添加
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        width="86vw"
        style={{ top: 30 }}
        title={`${projectName}　${periodLabel}照片、视频`}
        destroyOnHidden
      >
        <div style={{ height: '70vh' }}>
          <PhotoBoard projectId={projectId} period={period} />
        </div>
      </Modal>
    </>
  );
}
