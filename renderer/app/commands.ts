import type { MenuCommand } from '../../shared/contract/platform.ts';

type Handler = () => void;
const handlers = new Map<MenuCommand, Handler[]>();

/** Registers what a menu command or its shortcut does while a screen is shown; the latest registration wins. */
export function onCommand(command: MenuCommand, handler: Handler): () => void {
  const list = handlers.get(command) ?? [];
  list.push(handler);
  handlers.set(command, list);
  return () => {
    const at = list.lastIndexOf(handler);
    if (at >= 0) list.splice(at, 1);
  };
}

export function runCommand(command: MenuCommand): void {
  handlers.get(command)?.at(-1)?.();
}
