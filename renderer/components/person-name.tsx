import { Popover } from 'antd';

export interface PersonCard {
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
}

/** A person's name; title and telephone on demand. */
export function PersonName({ person }: { readonly person: PersonCard | null }) {
  if (person === null) return <span style={{ color: '#8a4b00' }}>未定</span>;
  const { name, title, phone } = person;
  if (title === null && phone === null) return <span>{name}</span>;
  return (
    <Popover
      trigger={['hover', 'click', 'focus']}
      content={
        <div>
          <div>{title ?? '职务未填'}</div>
          <div>电话：{phone ?? '未填'}</div>
        </div>
      }
    >
      <button type="button" className="link-button">
        {name}
      </button>
    </Popover>
  );
}
