const OVERLAYS = '.ant-modal-wrap, .ant-drawer-open';

function topOverlay(): HTMLElement | undefined {
  // Fixed elements have no offset parent; whether they are drawn tells.
  return [...document.querySelectorAll<HTMLElement>(OVERLAYS)]
    .filter((overlay) => overlay.getClientRects().length > 0)
    .at(-1);
}

/** Closes the dialog or drawer on top by its own button; nothing happens when there is none, or it must not be closed. */
export function closeTopDialog(): void {
  topOverlay()?.querySelector<HTMLElement>('.ant-modal-close, .ant-drawer-close')?.click();
}

/**
 * Esc closes what is on top also when the focus is elsewhere: nowhere after a system dialog, or still in the grid. antd
 * listens only inside.
 *
 * @returns the way to stop
 */
export function escapeClosesDialogs(): () => void {
  const listen = (event: KeyboardEvent): void => {
    const overlay = event.key === 'Escape' ? topOverlay() : undefined;
    if (overlay && event.target instanceof Node && !overlay.contains(event.target)) closeTopDialog();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
