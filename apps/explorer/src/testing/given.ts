import { deflateSync } from 'node:zlib';

/** A file as Playwright hands it to a field. */
export interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const given = (name: string, content: string | Uint8Array): Given => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content as Uint8Array),
});

function crcOf(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, crc]);
}

/** The start of a PNG file: its signature and the header of a true-colour image. */
const pngStart = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header)]);
};

/** A true-colour PNG whose pixels go up along both axes. */
export function pngFile(name: string, width: number, height: number): Given {
  const rows = Buffer.concat(
    Array.from({ length: height }, (_, row) =>
      Buffer.from([0, ...Array.from({ length: width * 3 }, (_, at) => (at * 7 + row * 11) % 256)]),
    ),
  );
  const end = [chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return given(name, Buffer.concat([pngStart(width, height), ...end]));
}

/** A PNG that says it is 30,000 pixels wide and high. */
export const hugePng = (name: string): Given => given(name, pngStart(30_000, 30_000));
