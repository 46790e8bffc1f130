import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';

const TABS = [
  { key: '/exchange', label: '往来单位' },
  { key: '/exchange/export', label: '导出' },
  { key: '/exchange/import', label: '导入' },
  { key: '/exchange/disputes', label: '建议与冲突' },
  { key: '/exchange/register', label: '收发登记' },
] as const;

/** The head that every screen of 交换 shares. */
export function ExchangeFrame({
  at,
  extra,
  children,
}: {
  readonly at: (typeof TABS)[number]['key'];
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}) {
  const [, navigate] = useLocation();
  return (
    <div className="page">
      <div className="page-head">
        <h1>交换</h1>
        <Tabs
          activeKey={at}
          items={TABS.map((tab) => ({ key: tab.key, label: tab.label }))}
          onChange={(key) => navigate(key)}
          style={{ flex: 1 }}
          tabBarStyle={{ margin: 0 }}
        />
        {extra}
      </div>
      <div className="page-body">{children}</div>
    </div>
  );
}
