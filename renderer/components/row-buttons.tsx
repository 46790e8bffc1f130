import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type EntityName, entityOf } from '../../shared/dictionary/index.ts';
import { useSave } from './use-save.tsx';

/** Adds a row to the list beside it. */
export function AddButton({
  label,
  disabled = false,
  onClick,
}: {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Button icon={<PlusOutlined aria-hidden />} disabled={disabled} onClick={onClick}>
      {label}
    </Button>
  );
}

/** 作废 the row the keyboard is on; can be undone. */
export function VoidButton({
  entity,
  id,
  name,
}: {
  readonly entity: EntityName;
  readonly id: string | null;
  readonly name: string;
}) {
  const saver = useSave();
  const remove = (): void => {
    if (id === null) return;
    const title = `作废${entityOf(entity).label}${name === '' ? '' : `“${name.slice(0, 40)}”`}`;
    void saver.act(title, [{ entity, id, set: { voided: 1 } }], `已${title}`);
  };
  return (
    <Button icon={<DeleteOutlined aria-hidden />} disabled={id === null} onClick={remove}>
      作废
    </Button>
  );
}
