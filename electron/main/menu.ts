import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/contract/platform.ts';

export interface MenuActions {
  readonly command: (command: MenuCommand) => void;
  readonly openLogFolder: () => void;
  readonly window: () => BrowserWindow | undefined;
}

/**
 * The keys of the editing items are shown but not registered: the page decides whether Ctrl+Z undoes a word in an
 * open cell or the last change of the ledger.
 */
export function setMenu(actions: MenuActions): void {
  const shown = (label: string, accelerator: string, command: MenuCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => actions.command(command),
  });
  const zoom = (label: string, accelerator: string, next: (factor: number) => number): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      const contents = actions.window()?.webContents;
      contents?.setZoomFactor(Math.min(3, Math.max(0.5, next(contents.getZoomFactor()))));
    },
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: '文件', submenu: [{ label: '退出', role: 'quit' }] },
      {
        label: '编辑',
        submenu: [
          shown('撤销', 'Ctrl+Z', 'undo'),
          shown('重做', 'Ctrl+Y', 'redo'),
          separator,
          { label: '剪切', role: 'cut', registerAccelerator: false },
          { label: '复制', role: 'copy', registerAccelerator: false },
          { label: '粘贴', role: 'paste', registerAccelerator: false },
          { label: '全选', role: 'selectAll', registerAccelerator: false },
          separator,
          shown('查找', 'Ctrl+F', 'find'),
        ],
      },
      {
        label: '视图',
        submenu: [
          zoom('放大', 'Ctrl+=', (factor) => factor + 0.1),
          zoom('缩小', 'Ctrl+-', (factor) => factor - 0.1),
          zoom('原始大小', 'Ctrl+0', () => 1),
          separator,
          { label: '全屏', role: 'togglefullscreen', accelerator: 'F11' },
        ],
      },
      {
        label: '帮助',
        submenu: [
          shown('使用说明', 'F1', 'help'),
          { label: '打开日志文件夹', click: () => actions.openLogFolder() },
          separator,
          { label: '关于', click: () => actions.command('about') },
        ],
      },
    ]),
  );
}
