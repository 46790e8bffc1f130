import {
  ApartmentOutlined,
  BarChartOutlined,
  DashboardOutlined,
  FileProtectOutlined,
  FormOutlined,
  NodeIndexOutlined,
  RetweetOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SwapOutlined,
  TableOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { KeyboardEvent } from 'react';

/** In the order of the work. */
const entries = [
  { path: '/', label: '工作台', icon: <DashboardOutlined aria-hidden /> },
  { path: '/projects', label: '项目台账', icon: <TableOutlined aria-hidden /> },
  { path: '/reports', label: '旬报', icon: <FormOutlined aria-hidden /> },
  { path: '/chain', label: '推进链条', icon: <NodeIndexOutlined aria-hidden /> },
  { path: '/permits', label: '手续', icon: <SafetyCertificateOutlined aria-hidden /> },
  { path: '/factors', label: '要素', icon: <ToolOutlined aria-hidden /> },
  { path: '/rates', label: '四率与亮灯', icon: <BarChartOutlined aria-hidden /> },
  { path: '/supervision', label: '督办', icon: <FileProtectOutlined aria-hidden /> },
  { path: '/pool', label: '储备调整', icon: <RetweetOutlined aria-hidden /> },
  { path: '/organisation', label: '组织', icon: <ApartmentOutlined aria-hidden /> },
  { path: '/exchange', label: '交换', icon: <SwapOutlined aria-hidden /> },
  { path: '/settings', label: '设置', icon: <SettingOutlined aria-hidden /> },
] as const;

function sectionOf(location: string): string {
  const [, first] = location.split('/');
  return first ? `/${first.split('?')[0] ?? ''}` : '/';
}

/** Up and down go from entry to entry, Home and End to the ends: the whole menu is one stop of the Tab key. */
function move(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[to % items.length]?.focus();
}

interface NavigationProps {
  readonly location: string;
  readonly collapsed: boolean;
  readonly onGo: (path: string) => void;
}

/** The twelve screens. Drawn at once at each start, so it is plain buttons and no component of a library. */
export function Navigation({ location, collapsed, onGo }: NavigationProps) {
  const section = sectionOf(location);
  return (
    <div role="menu" tabIndex={-1} className="nav-menu" onKeyDown={move}>
      {entries.map(({ path, label, icon }) => (
        <button
          key={path}
          type="button"
          role="menuitem"
          className="nav-entry"
          tabIndex={path === section ? 0 : -1}
          aria-current={path === section ? 'page' : undefined}
          aria-label={label}
          title={collapsed ? label : undefined}
          onClick={() => onGo(path)}
        >
          {icon}
          {collapsed ? null : <span>{label}</span>}
        </button>
      ))}
    </div>
  );
}
