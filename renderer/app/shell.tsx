import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { Router } from 'wouter';
import type { LedgerStatus } from '../../shared/contract/session.ts';
import { useAddress } from './address.ts';
import { AsOfBar } from './as-of.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { firstScreenStands } from './first-screen.ts';
import { LedgerProvider } from './ledger-status.tsx';
import { Navigation } from './navigation.tsx';
import { Pages } from './pages.tsx';

/** They come when the first screen stands: at a start its figures are what is waited for. */
const HeadTools = lazy(async () => {
  await firstScreenStands();
  return { default: (await import('./head-tools.tsx')).HeadTools };
});

const COLLAPSED = 'baobao.navigation.collapsed';

/** The frame around every screen: navigation, office, search, undo. Without a status yet: the navigation alone. */
export function Shell({ status }: { readonly status: LedgerStatus | null }) {
  const [location, navigate] = useAddress();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED) === '1');
  const fold = (next: boolean): void => {
    setCollapsed(next);
    localStorage.setItem(COLLAPSED, next ? '1' : '0');
  };

  return (
    <Router hook={useAddress}>
      <div className="shell">
        <nav aria-label="主导航" className="shell-side" data-collapsed={collapsed}>
          <div className="shell-name">{collapsed ? '台' : '包保台账'}</div>
          <Navigation location={location} collapsed={collapsed} onGo={navigate} />
          <button
            type="button"
            className="nav-entry nav-fold"
            aria-label={collapsed ? '展开导航' : '收起导航'}
            onClick={() => fold(!collapsed)}
          >
            {collapsed ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
          </button>
        </nav>
        <div className="shell-right">
          {status === null ? null : (
            <LedgerProvider value={status}>
              <Head status={status} />
              <AsOfBar />
              <main className="shell-content">
                <ErrorBoundary at={location}>
                  <Suspense fallback={null}>
                    <Pages key={status.asOf} />
                  </Suspense>
                </ErrorBoundary>
              </main>
            </LedgerProvider>
          )}
        </div>
      </div>
    </Router>
  );
}

function Head({ status }: { readonly status: LedgerStatus }) {
  return (
    <header className="shell-head">
      <strong
        style={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: 300 }}
        title={status.officeName}
      >
        {status.officeName}
      </strong>
      {status.sample ? (
        <span className="shell-sample">示例数据 · 日期固定为 {status.today}</span>
      ) : (
        <span style={{ color: '#4b5563' }}>{status.today}</span>
      )}
      <div style={{ flex: 1 }} />
      <Suspense fallback={null}>
        <HeadTools />
      </Suspense>
      <span style={{ whiteSpace: 'nowrap', color: '#374151' }}>操作人：{status.operator || '未填'}</span>
    </header>
  );
}
