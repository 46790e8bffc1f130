/** Closes the dialog on top by its own button; nothing happens when there is none, or it must not be closed. */
export function closeTopDialog(): void {
  const open = [...document.querySelectorAll<HTMLElement>('.ant-modal-wrap')].filter(
    (wrap) => wrap.getClientRects().length > 0,
  );
  open.at(-1)?.querySelector<HTMLElement>('.ant-modal-close')?.click();
}

/**
 * Esc closes the dialog on top also when the focus is nowhere, as after a system dialog: antd listens only inside.
 *
 * @returns the way to stop
 */
export function escapeClosesDialogs(): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && event.target === document.body) closeTopDialog();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
