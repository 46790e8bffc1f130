/** Closes a switch over a closed union: a new member makes this call a compile error. Throws when reached at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled member of a closed union: ${JSON.stringify(value)}`);
}
