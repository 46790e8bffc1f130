import {
  CalendarOutlined,
  CheckCircleFilled,
  CheckOutlined,
  CloseCircleFilled,
  CloseOutlined,
  DownOutlined,
  ExclamationCircleFilled,
  InfoCircleFilled,
} from '@ant-design/icons';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider, type ConfigProviderProps, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, Suspense, useEffect } from 'react';
import { escapeClosesDialogs } from '../components/close-dialog.ts';
import { api, followChanges, ledger, queryClient } from './api.ts';
import { lastLevel, rememberLevel } from './first-screen.ts';
import { usePlatformEvents } from './platform-events.ts';
import { Shell } from './shell.tsx';
import { theme } from './theme.ts';

dayjs.locale('zh-cn');

const StartPage = lazy(async () => ({ default: (await import('../features/start/index.ts')).StartPage }));
const DamagedPage = lazy(async () => ({ default: (await import('../features/backup/index.ts')).DamagedPage }));

/** The ledger asked for, or that of last time, is in use elsewhere, on a stick that is not there, of a newer version: told once. */
function useStartProblem(): void {
  const { notification } = AntApp.useApp();
  useEffect(() => {
    void ledger.backup.startProblem().then((text) => {
      if (text !== null) notification.warning({ title: '台账没有打开', description: text, duration: 0 });
    });
  }, [notification]);
}

function Root() {
  usePlatformEvents();
  useStartProblem();
  const status = useQuery(api.session.status.queryOptions());
  useEffect(() => {
    void followChanges();
    return escapeClosesDialogs();
  }, []);
  const trouble = useQuery(api.backup.trouble.queryOptions());
  const level = status.data?.level ?? null;
  useEffect(() => {
    if (!status.isPending) rememberLevel(level);
  }, [status.isPending, level]);
  if (status.isPending || trouble.isPending) {
    return lastLevel() === null ? <Spin fullscreen /> : <Shell status={null} />;
  }
  if (trouble.data) {
    return (
      <Suspense fallback={<Spin fullscreen />}>
        <DamagedPage trouble={trouble.data} />
      </Suspense>
    );
  }
  if (status.data) return <Shell status={status.data} />;
  return (
    <Suspense fallback={<Spin fullscreen />}>
      <StartPage />
    </Suspense>
  );
}

/** What antd would tell a screen reader in English: its icons are silent, its closing crosses speak Chinese. */
const spoken: Pick<ConfigProviderProps, 'alert' | 'datePicker' | 'drawer' | 'modal' | 'select'> = {
  alert: {
    errorIcon: <CloseCircleFilled aria-hidden />,
    infoIcon: <InfoCircleFilled aria-hidden />,
    successIcon: <CheckCircleFilled aria-hidden />,
    warningIcon: <ExclamationCircleFilled aria-hidden />,
  },
  datePicker: { suffixIcon: <CalendarOutlined aria-hidden />, clearIcon: <CloseCircleFilled aria-hidden /> },
  drawer: { closable: { 'aria-label': '关闭' }, closeIcon: <CloseOutlined aria-hidden /> },
  modal: { closable: { 'aria-label': '关闭' }, closeIcon: <CloseOutlined aria-hidden /> },
  select: {
    suffixIcon: <DownOutlined aria-hidden />,
    clearIcon: <CloseCircleFilled aria-hidden />,
    menuItemSelectedIcon: <CheckOutlined aria-hidden />,
  },
};

/** The window: one query cache, one locale, one theme. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} {...spoken}>
        <AntApp message={{ maxCount: 3, duration: 4 }} style={{ height: '100%' }}>
          <Root />
        </AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  );
}
