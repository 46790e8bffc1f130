import { App } from 'antd';
import { useEffect } from 'react';
import { useAddress } from './address.ts';
import { forgetEverything, ledger, platform } from './api.ts';
import { runCommand } from './commands.ts';
import { messageOf } from './fault.ts';

/** What the main process tells the window: files opened from outside, a restarted ledger process, menu commands. */
export function usePlatformEvents(): void {
  const { message, notification } = App.useApp();
  const [, navigate] = useAddress();
  useEffect(() => {
    let alive = true;
    const openFiles = async (paths: readonly string[]): Promise<void> => {
      const sync = paths.filter((path) => /\.bbsync$/iu.test(path));
      if (sync.length > 0) {
        // The same files once more are looked at once more.
        const query = new URLSearchParams([...sync.map((path) => ['file', path]), ['at', String(Date.now())]]);
        navigate(`/exchange/import?${query.toString()}`);
        return;
      }
      const [path] = paths;
      if (path === undefined) return;
      try {
        await ledger.session.open({ path });
        forgetEverything();
        navigate('/');
      } catch (error) {
        message.error(messageOf(error), 8);
      }
    };
    const follow = async (): Promise<void> => {
      for await (const event of await platform.events()) {
        if (!alive) return;
        switch (event.kind) {
          case 'open-files':
            await openFiles(event.paths);
            break;
          case 'ledger-restarted':
            forgetEverything();
            notification.warning({
              title: '数据服务已重新启动',
              description: '刚才的数据服务意外停止，现已恢复。已保存的内容都在；最后一步操作如未显示，请重做一次。',
              duration: 0,
            });
            break;
          case 'ledger-failed':
            notification.error({
              title: '数据服务多次停止',
              description:
                '台账文件没有再被改动。请关闭程序重新打开；如仍不行，请在“帮助”中打开日志文件夹，交技术人员查看。',
              duration: 0,
            });
            break;
          case 'command':
            runCommand(event.command);
            break;
        }
      }
    };
    void follow();
    return () => {
      alive = false;
    };
  }, [message, notification, navigate]);
}
