import { expect, test } from 'vitest';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { isUuidV7, type ProjectId, toId } from '../../../shared/domain/ids.ts';

test('only UUIDv7 in lower case is an id', () => {
  const id = '01795a1c-8c00-7abc-8def-0123456789ab';
  expect(isUuidV7(id)).toBe(true);
  expect(toId<ProjectId>(id)).toBe(id);
  for (const text of [
    id.toUpperCase(),
    id.replace('-7', '-4'),
    id.replace('-8def', '-7def'),
    ` ${id}`,
    `${id}\n`,
    '',
    7,
  ]) {
    expect(isUuidV7(text)).toBe(false);
  }
  expect(toId<ProjectId>('x')).toBeNull();
});

test('an impossible member of a union is named', () => {
  expect(() => assertNever('new' as never)).toThrow('"new"');
});
