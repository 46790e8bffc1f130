import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assetPath, droppedFiles, isOwnPage, printId } from '../../../electron/main/asset-path.ts';

const root = join(sep, 'program', 'dist', 'renderer');

describe('files dropped on the window', () => {
  const ours = ['宝清县→市_第3号.bbsync', '市.BBLEDGER'].map((name) => join(sep, 'media', 'U 盘', name));

  test('are opened when they are ours', () => {
    expect(droppedFiles(ours)).toEqual(ours);
  });

  test.each(['/etc/passwd', '/a.bbsync.exe', 'a.bbsync', '', undefined, 7, ['/a.bbsync']])('never %j', (path) => {
    expect(droppedFiles([path, ours[0]])).toEqual([ours[0]]);
    expect(droppedFiles(path)).toEqual(Array.isArray(path) ? path : []);
  });
});

describe('the files that a page may load', () => {
  test('are those of the program', () => {
    expect(assetPath(root, 'app://ledger/')).toBe(join(root, 'index.html'));
    expect(assetPath(root, 'app://ledger/index.html#/projects')).toBe(join(root, 'index.html'));
    expect(assetPath(root, 'app://ledger/assets/main-1a.js?v=2')).toBe(join(root, 'assets', 'main-1a.js'));
    expect(assetPath(root, 'app://ledger/%E5%9B%BE.png')).toBe(join(root, '图.png'));
  });

  test.each([
    'app://ledger/..%2f..%2fetc/passwd',
    'app://ledger/assets/..%2f..%2f..%2fsecret',
    'app://ledger/..%5c..%5cWindows',
    'app://ledger/C:/Windows/win.ini',
    'app://ledger/a.js%00.png',
    'app://ledger/%zz',
    'app://other/index.html',
    'app://user@ledger/index.html',
    'app://ledger:80/index.html',
    'file:///etc/passwd',
    'https://ledger/index.html',
    'nonsense',
  ])('never %s', (address) => {
    expect(assetPath(root, address)).toBeUndefined();
  });

  test('stay in the folder whatever the address', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '/', '\\', 'a', '%00', ':', '//', '图');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = assetPath(root, `app://ledger/${pieces.join('')}`);
        expect(path === undefined || path.startsWith(root + sep)).toBe(true);
      }),
    );
  });
});

test('only pages of the program are shown', () => {
  expect(isOwnPage('app://ledger/index.html')).toBe(true);
  for (const address of ['app://print/x', 'https://example.invalid', 'file:///a', 'about:blank', 'javascript:1', '']) {
    expect(isOwnPage(address)).toBe(false);
  }
});

test('a printed paper has an unguessable id', () => {
  const id = '6f1d7f0a-3a52-4c53-9b9e-3a2f6a0d7c11';
  expect(printId(`app://print/${id}`)).toBe(id);
  expect(printId('app://print/1')).toBeUndefined();
  expect(printId(`app://ledger/${id}`)).toBeUndefined();
});
