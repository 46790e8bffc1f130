/** Long side of a stored photo, and of its small picture, px. */
const LONG_SIDE = 2048;
const THUMB_SIDE = 320;

export interface Shrunk {
  /** JPEG, base64. */
  readonly picture: string;
  readonly thumb: string;
  readonly width: number;
  readonly height: number;
}

const PIECE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const latin = atob(text);
  const bytes = new Uint8Array(latin.length);
  for (let at = 0; at < latin.length; at += 1) bytes[at] = latin.charCodeAt(at);
  return bytes;
}

async function jpeg(image: ImageBitmap, side: number, quality: number) {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('canvas');
  // PNG with holes: paper shows through, not black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
}

/** Turns as the camera was held, makes the long side 2048 and a small picture. Done here, where a broken image can harm nothing. */
export async function shrink(original: string, mime: string): Promise<Shrunk> {
  const image = await createImageBitmap(new Blob([fromBase64(original)], { type: mime }), {
    imageOrientation: 'from-image',
  });
  try {
    const large = await jpeg(image, LONG_SIDE, 0.85);
    const small = await jpeg(image, THUMB_SIDE, 0.75);
    return {
      picture: toBase64(large.bytes),
      thumb: toBase64(small.bytes),
      width: large.width,
      height: large.height,
    };
  } finally {
    image.close();
  }
}
