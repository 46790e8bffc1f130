import { ipcRenderer } from 'electron';

// The only bridge: the page says that it listens, main answers with MessagePorts. No call passes through here.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'baobao:ready') ipcRenderer.send('baobao:ready');
});
ipcRenderer.on('baobao:port', (event, name: string) => {
  window.postMessage({ kind: 'baobao:port', name }, location.origin, event.ports);
});
