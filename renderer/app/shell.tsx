import {
  ApartmentOutlined,
  BarChartOutlined,
  DashboardOutlined,
  FileProtectOutlined,
  FormOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  NodeIndexOutlined,
  RetweetOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SwapOutlined,
  TableOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import { Button, Layout, Menu, Tag } from 'antd';
import { Suspense, useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { LedgerStatus } from '../../shared/contract/session.ts';
import { AsOfBar, AsOfPicker } from './as-of.tsx';
import { LedgerProvider } from './ledger-status.tsx';
import { Pages } from './pages.tsx';
import { SearchBox } from './search-box.tsx';
import { UndoButtons } from './undo-buttons.tsx';

const { Header, Sider, Content } = Layout;

/** In the order of the work. */
const entries = [
  { key: '/', label: '工作台', icon: <DashboardOutlined aria-hidden /> },
  { key: '/projects', label: '项目台账', icon: <TableOutlined aria-hidden /> },
  { key: '/reports', label: '旬报', icon: <FormOutlined aria-hidden /> },
  { key: '/chain', label: '推进链条', icon: <NodeIndexOutlined aria-hidden /> },
  { key: '/permits', label: '手续', icon: <SafetyCertificateOutlined aria-hidden /> },
  { key: '/factors', label: '要素', icon: <ToolOutlined aria-hidden /> },
  { key: '/rates', label: '四率与亮灯', icon: <BarChartOutlined aria-hidden /> },
  { key: '/supervision', label: '督办', icon: <FileProtectOutlined aria-hidden /> },
  { key: '/pool', label: '储备调整', icon: <RetweetOutlined aria-hidden /> },
  { key: '/organisation', label: '组织', icon: <ApartmentOutlined aria-hidden /> },
  { key: '/exchange', label: '交换', icon: <SwapOutlined aria-hidden /> },
  { key: '/settings', label: '设置', icon: <SettingOutlined aria-hidden /> },
] as const;

const COLLAPSED = 'baobao.navigation.collapsed';

function sectionOf(location: string): string {
  const [, first] = location.split('/');
  return first ? `/${first.split('?')[0] ?? ''}` : '/';
}

/** The frame around every screen: navigation, office, search, undo. */
export function Shell({ status }: { readonly status: LedgerStatus }) {
  const [location, navigate] = useHashLocation();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED) === '1');
  const fold = (next: boolean): void => {
    setCollapsed(next);
    localStorage.setItem(COLLAPSED, next ? '1' : '0');
  };
  const section = sectionOf(location);

  return (
    <LedgerProvider value={status}>
      <Router hook={useHashLocation}>
        <Layout style={{ height: '100vh' }}>
          <Sider
            width={148}
            collapsedWidth={48}
            collapsed={collapsed}
            theme="light"
            style={{ borderRight: '1px solid #e5e7eb' }}
          >
            <nav aria-label="主导航" style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
              <div
                style={{
                  height: 48,
                  display: 'flex',
                  alignItems: 'center',
                  padding: '0 14px',
                  fontWeight: 600,
                  fontSize: 16,
                  color: '#1f4e8c',
                }}
              >
                {collapsed ? '台' : '包保台账'}
              </div>
              <Menu
                mode="inline"
                inlineIndent={12}
                style={{ flex: 1, borderInlineEnd: 0 }}
                selectedKeys={[section]}
                items={entries.map((entry) => ({ key: entry.key, label: entry.label, icon: entry.icon }))}
                onClick={({ key }) => navigate(key)}
              />
              <Button
                type="text"
                aria-label={collapsed ? '展开导航' : '收起导航'}
                icon={collapsed ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
                onClick={() => fold(!collapsed)}
              />
            </nav>
          </Sider>
          <Layout>
            <Header
              style={{
                display: 'flex',
                alignItems: 'center',
                gap: 10,
                lineHeight: 'normal',
                borderBottom: '1px solid #e5e7eb',
              }}
            >
              <strong
                style={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: 300 }}
                title={status.officeName}
              >
                {status.officeName}
              </strong>
              {status.sample ? (
                <Tag style={{ background: '#fff3c4', color: '#5c4300', borderColor: '#e8d48a' }}>
                  示例数据 · 日期固定为 {status.today}
                </Tag>
              ) : (
                <span style={{ color: '#4b5563' }}>{status.today}</span>
              )}
              <div style={{ flex: 1 }} />
              <SearchBox />
              <AsOfPicker />
              <UndoButtons />
              <span style={{ whiteSpace: 'nowrap', color: '#374151' }}>操作人：{status.operator || '未填'}</span>
            </Header>
            <AsOfBar />
            <Content style={{ minHeight: 0, overflow: 'hidden' }} role="main">
              <Suspense fallback={null}>
                <Pages key={status.asOf} />
              </Suspense>
            </Content>
          </Layout>
        </Layout>
      </Router>
    </LedgerProvider>
  );
}
