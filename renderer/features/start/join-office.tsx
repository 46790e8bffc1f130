import { Modal } from 'antd';

export function JoinOffice({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return <Modal title="加入" open={open} onCancel={onClose} />;
}
