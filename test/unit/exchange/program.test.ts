import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../build/paths.ts';

import { mediumFault } from '../../../electron/ledger/exchange/bundle/refuse.ts';
import { PROGRAM_VERSION } from '../../../electron/ledger/store/program-version.ts';

describe('[exchange] program', () => {
  it('names in each file the version that package.json names', () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
    expect(PROGRAM_VERSION).toBe(version);
  });
});

describe('[exchange] what a stick can do', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL', '空间不足'],
    ['EROFS', 'READ_ONLY', '写保护'],
    ['EIO', 'FILE_GONE', 'U盘已拔出'],
    ['ENODEV', 'FILE_GONE', 'U盘已拔出'],
    ['ENOTDIR', 'FILE_GONE', 'U盘已拔出'],
    ['EBUSY', 'FILE_LOCKED', '占用'],
    ['EISDIR', 'FILE_UNREADABLE', '文件夹'],
    ['ABORT_ERR', 'CANCELLED', '已取消'],
  ])('%s is said in words, with what to do', (code, fault, words) => {
    const said = mediumFault(Object.assign(new Error(code), { code }), '/media/stick/宝清县.bbsync');
    expect(said.code).toBe(fault);
    expect(said.message).toContain(words);
    expect(said.message).toMatch(/台账没有改动|台账未改动|没有写入/u);
  });
});
