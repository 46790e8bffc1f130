// The least an Electron program can do: one window with an empty page. The reference of [start].
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768 });
  void window.loadURL('data:text/html,<div id="root"><p>empty</p></div>');
});
app.on('window-all-closed', () => app.quit());
