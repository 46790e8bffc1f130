import { writeFileSync } from 'node:fs';

/**
 * A small real JPEG made by code: grey bricks of brightness, 8 × 8 pixels each (baseline, one component), with the time of
 * taking in its EXIF.
 */
export function tinyJpeg(
  options: {
    readonly takenAt?: string;
    readonly across?: number;
    readonly down?: number;
    readonly shade?: number;
  } = {},
): Buffer {
  const { takenAt, across = 8, down = 6, shade = 40 } = options;
  const width = across * 8;
  const height = down * 8;
  const segment = (marker: number, body: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  };
  const quantisation = segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]));
  const frame = segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
  // DC codes of four bits for the categories 0 to 11; of the AC codes only 'end of block', one bit.
  const dcTable = segment(
    0xc4,
    Buffer.from([0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
  );
  const acTable = segment(0xc4, Buffer.from([0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const scan = segment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0]));
  let bits = '';
  let last = 0;
  for (let brick = 0; brick < across * down; brick += 1) {
    const level = ((brick * 37 + shade * 13) % 200) * 8 - 800;
    const step = level - last;
    last = level;
    const category = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
    bits += category.toString(2).padStart(4, '0');
    if (category > 0) bits += (step > 0 ? step : step + 2 ** category - 1).toString(2).padStart(category, '0');
    bits += '0';
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2);
    data.push(byte);
    if (byte === 0xff) data.push(0);
  }
  const exif = takenAt === undefined ? [] : [segment(0xe1, exifOf(takenAt))];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...exif,
    quantisation,
    frame,
    dcTable,
    acTable,
    scan,
    Buffer.from(data),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** TIFF with one pointer to an EXIF folder that holds DateTimeOriginal, such as '2021:05:14 09:30:00'. */
function exifOf(takenAt: string): Buffer {
  const tiff = Buffer.alloc(44 + 20);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x8769, 10);
  tiff.writeUInt16LE(4, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt32LE(26, 18);
  tiff.writeUInt16LE(1, 26);
  tiff.writeUInt16LE(0x9003, 28);
  tiff.writeUInt16LE(2, 30);
  tiff.writeUInt32LE(20, 32);
  tiff.writeUInt32LE(44, 36);
  tiff.write(`${takenAt}\0`, 44, 'latin1');
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

export function writeJpeg(path: string, options: Parameters<typeof tinyJpeg>[0] = {}): string {
  writeFileSync(path, tinyJpeg(options));
  return path;
}
