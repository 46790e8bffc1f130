import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { EventHub } from '../../../electron/main/event-hub.ts';
import { parseStart } from '../../../electron/main/start-options.ts';

test('files of the program on the command line become absolute, other arguments are left alone', () => {
  const options = parseStart(
    ['/app', '--sample', '--no-sandbox', '上报.bbsync', '/数据/市级.BBLEDGER', 'x.xlsx'],
    '/u',
    {},
  );
  expect(options.files).toEqual([resolve('/u', '上报.bbsync'), '/数据/市级.BBLEDGER']);
  expect(options.sample).toBe(true);
});

test('the data folder comes from the switch, else from the environment', () => {
  expect(parseStart(['--data-dir=/a'], '/u', { BAOBAO_DATA_DIR: '/b' }).dataFolder).toBe('/a');
  expect(parseStart(['--data-dir', 'a'], '/u', {}).dataFolder).toBe(resolve('/u', 'a'));
  expect(parseStart([], '/u', { BAOBAO_DATA_DIR: '/b' }).dataFolder).toBe('/b');
  expect(parseStart([], '/u', {}).dataFolder).toBeUndefined();
});

test('what happens before the page listens is kept for it, and a reload takes over', async () => {
  const hub = new EventHub();
  hub.emit({ kind: 'open-files', paths: ['/a'] });
  const first = hub.listen(undefined);
  expect((await first.next()).value).toEqual({ kind: 'open-files', paths: ['/a'] });
  const ended = first.next();
  const second = hub.listen(undefined);
  const next = second.next();
  expect(await ended).toEqual({ done: true, value: undefined });
  hub.emit({ kind: 'ledger-restarted' });
  expect((await next).value).toEqual({ kind: 'ledger-restarted' });
});
