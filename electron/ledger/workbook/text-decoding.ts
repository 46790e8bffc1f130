function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The name a page gives for its encoding, if any. */
function declared(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 2048);
  return /charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ?? /encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1] ?? null;
}

/** Text of a file in UTF-8, UTF-16 or GB 18030, which holds GBK and GB 2312. What decodes as UTF-8 is UTF-8, whatever is declared. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (isUtf8(bytes)) return new TextDecoder('utf-8').decode(bytes);
  const name = declared(bytes);
  if (name !== null && /^big5/i.test(name)) return new TextDecoder('big5').decode(bytes);
  return new TextDecoder('gb18030').decode(bytes);
}
