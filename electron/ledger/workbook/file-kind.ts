/** What the bytes of a file are, whatever its name says: offices rename .zip, and export HTML as .xls. */
export type FileKind =
  | { readonly kind: 'zipWorkbook' | 'oleWorkbook' | 'biff' }
  | { readonly kind: 'markup' | 'text' }
  | { readonly kind: 'encrypted' | 'empty' | 'damaged' }
  | { readonly kind: 'unpacksTooLarge'; readonly bytes: number }
  /** Something else; `name` is what to call it in Chinese. */
  | { readonly kind: 'other'; readonly name: string };

/** A workbook unpacked beyond this is refused: 50 MB of zeros compress to 49 KB. */
export const LARGEST_UNPACKED = 500_000_000;

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['%PDF', ' PDF 文件'],
  ['Rar!', '压缩包'],
  ["7z\u00bc\u00af'", '压缩包'],
  ['\u00ff\u00d8\u00ff', '图片'],
  ['\u0089PNG', '图片'],
  ['GIF8', '图片'],
  ['BM', '图片'],
  ['{\\rtf', '写字板文档'],
  ['SQLite format 3', '数据库文件'],
  ['\u001f\u008b', '压缩包'],
];

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

interface ZipListing {
  readonly names: readonly string[];
  readonly unpacked: number;
}

/** Names and declared sizes from the central directory; null when there is none, as in a file cut short. */
function listZip(bytes: Buffer): ZipListing | null {
  let end = bytes.length - 22;
  const earliest = Math.max(0, end - 65_536);
  while (end >= earliest && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < earliest) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const names: string[] = [];
  let unpacked = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    unpacked += bytes.readUInt32LE(at + 24);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { names, unpacked };
}

function zipKind(bytes: Buffer): FileKind {
  const listing = bytes.length < 22 ? null : listZip(bytes);
  if (listing === null) return { kind: 'damaged' };
  if (listing.unpacked > LARGEST_UNPACKED) return { kind: 'unpacksTooLarge', bytes: listing.unpacked };
  const has = (start: string): boolean => listing.names.some((name) => name.replaceAll('\\', '/').startsWith(start));
  if (has('xl/') || (has('content.xml') && has('mimetype'))) return { kind: 'zipWorkbook' };
  if (has('word/')) return { kind: 'other', name: ' Word 文档' };
  if (has('ppt/')) return { kind: 'other', name: '演示文稿' };
  return { kind: 'other', name: '压缩包' };
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

function oleKind(bytes: Buffer): FileKind {
  if (bytes.includes(utf16('EncryptedPackage'))) return { kind: 'encrypted' };
  if (bytes.includes(utf16('Workbook')) || bytes.includes(utf16('Book'))) return { kind: 'oleWorkbook' };
  if (bytes.includes(utf16('WordDocument'))) return { kind: 'other', name: ' Word 文档' };
  return { kind: 'damaged' };
}

/** BIFF2 to BIFF5 outside a container begin with a BOF record: id, then its length. */
function isBareBiff(bytes: Buffer): boolean {
  return (
    bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? -1) && (bytes[2] ?? 0) <= 16 && bytes[3] === 0
  );
}

export function fileKind(bytes: Buffer): FileKind {
  if (bytes.length === 0 || bytes.every((byte) => byte === 0)) return { kind: 'empty' };
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50) return zipKind(bytes);
  if (bytes.length >= 8 && bytes.readUInt32BE(0) === 0xd0cf11e0) return oleKind(bytes);
  if (isBareBiff(bytes)) return { kind: 'biff' };
  const head = bytes.toString('latin1', 0, 64);
  const known = SIGNATURES.find(([signature]) => head.startsWith(signature));
  if (known !== undefined) return { kind: 'other', name: known[1] };
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16 && bytes.subarray(0, 4096).includes(0)) return { kind: 'damaged' };
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(head) ? { kind: 'markup' } : { kind: 'text' };
}
