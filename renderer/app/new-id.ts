import { v7 } from 'uuid';

/** Id of a row that the window is about to create. */
export function newId(): string {
  return v7();
}
