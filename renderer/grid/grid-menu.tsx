import { Dropdown, type MenuProps } from 'antd';

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly shortcut?: string;
  readonly disabled?: boolean;
  run(): void;
}

/** Groups of entries, parted by lines, at a point of the window. */
export interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly groups: readonly (readonly MenuEntry[])[];
}

export function GridMenu({ menu, onClose }: { readonly menu: OpenMenu | null; onClose(): void }) {
  if (menu === null) return null;
  const entries = menu.groups.flat();
  const items: NonNullable<MenuProps['items']> = menu.groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => [
      ...(index === 0 ? [] : [{ type: 'divider' as const, key: `line-${index}` }]),
      ...group.map(({ key, label, shortcut, disabled }) => ({
        key,
        label,
        disabled: disabled ?? false,
        ...(shortcut === undefined ? {} : { extra: shortcut }),
      })),
    ]);
  return (
    <Dropdown
      key={`${menu.x},${menu.y}`}
      open
      autoFocus
      trigger={['click']}
      placement="bottomLeft"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      menu={{
        items,
        onClick: ({ key }) => {
          onClose();
          entries.find((entry) => entry.key === key)?.run();
        },
      }}
    >
      <span className="lg-menu-point" style={{ left: menu.x, top: menu.y }} />
    </Dropdown>
  );
}
