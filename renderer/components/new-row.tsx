import { useQuery } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { api } from '../app/api.ts';
import { AddButton } from './row-buttons.tsx';

interface NewRowProps {
  /** '增加要素'. */
  readonly label: string;
  /** The project is known on the page of one. */
  readonly projectId?: string | undefined;
  onAdd(projectId: string): void;
}

/** Adds a row of a project: asks which one where the page is not of one. */
export function NewRow({ label, projectId, onAdd }: NewRowProps) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const { data } = useQuery(api.records.list.queryOptions({ input: { entity: 'project' }, enabled: open }));
  return (
    <>
      <AddButton label={label} onClick={() => (projectId === undefined ? setOpen(true) : onAdd(projectId))} />
      <Modal
        open={open}
        title={label}
        okText="增加"
        destroyOnHidden
        okButtonProps={{ disabled: chosen === null }}
        onCancel={() => setOpen(false)}
        onOk={() => {
          if (chosen !== null) onAdd(chosen);
          setOpen(false);
          setChosen(null);
        }}
      >
        <Select<string>
          showSearch={{ optionFilterProp: 'label' }}
          aria-label="项目"
          placeholder="哪一个项目"
          style={{ width: '100%' }}
          value={chosen}
          options={(data ?? []).map((project) => ({ value: project.id, label: String(project['name'] ?? '') }))}
          onChange={setChosen}
        />
      </Modal>
    </>
  );
}
