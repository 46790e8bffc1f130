/** Names of the entries inside a sync file; anything else in it is refused. */
export const README = '说明.txt';
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
export const EXTENSION = '.bbsync';

const SEGMENT = /^data\/\d{3,5}\.ndjson\.gz(\.enc)?$/u;
const BLOB = /^blobs\/[0-9a-f]{64}$/u;

/** @param index from 0 */
export function segmentName(index: number, encrypted: boolean): string {
  return `data/${String(index + 1).padStart(3, '0')}.ndjson.gz${encrypted ? '.enc' : ''}`;
}

export function isEntryName(name: string): boolean {
  return name === README || name === MANIFEST || name === SIGNATURE || SEGMENT.test(name) || BLOB.test(name);
}

/** What a segment or blob is called to the operator: '第 3 段', '附件'. */
export function partLabel(name: string): string {
  const segment = /^data\/0*(\d+)/u.exec(name);
  if (segment) return `第 ${segment[1] ?? ''} 段`;
  return name.startsWith('blobs/') ? '附件' : name === README ? '说明' : '清单';
}

/** Characters that Windows or a FAT stick does not take in a file name. */
const FORBIDDEN = /[\\/:*?"<>|\s\p{Cc}]/gu;

/** '宝清县→市项目办_2021-05-中旬_第12号.bbsync' */
export function suggestedName(from: string, to: string, period: string | null, number: number): string {
  const parts = [`${from}→${to}`, ...(period === null ? [] : [period]), `第${number}号`];
  return `${parts.join('_').replace(FORBIDDEN, '')}${EXTENSION}`;
}
