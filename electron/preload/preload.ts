import { ipcRenderer, webUtils } from 'electron';

// The only bridge: the page says that it listens, main answers with MessagePorts. No call passes through here.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'baobao:ready') ipcRenderer.send('baobao:ready');
});
ipcRenderer.on('baobao:port', (event, name: string) => {
  window.postMessage({ kind: 'baobao:port', name }, location.origin, event.ports);
});

// Files dropped on the window: where they lie is told to main, never to the page. What the page itself takes, such as a photo
// for its board, it has taken before.
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
});
window.addEventListener('drop', (event) => {
  event.preventDefault();
  // Electron before 29 has no `webUtils`, and the path on the file itself.
  const pathOf = (file: File): string | undefined =>
    (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? (file as { path?: string }).path;
  ipcRenderer.send('baobao:dropped', [...(event.dataTransfer?.files ?? [])].map(pathOf));
});
