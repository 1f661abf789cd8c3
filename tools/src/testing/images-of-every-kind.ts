import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

const WIDTH = 97;
const HEIGHT = 61;

/** Waves with noise: smooth places and sharp ones in every channel. */
function pixels(channels: 1 | 2 | 3 | 4): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const channel = at % channels;
      const column = Math.floor(at / channels) % WIDTH;
      const row = Math.floor(at / channels / WIDTH);
      const wave = 90 * Math.sin(column / 9 + channel) + 60 * Math.cos(row / 7 - channel);
      return Math.min(255, Math.max(0, Math.round(128 + wave + ((state >>> 24) - 128) / 6)));
    }),
  );
}

const image = (channels: 1 | 2 | 3 | 4 = 3): Sharp =>
  sharp(pixels(channels), { raw: { width: WIDTH, height: HEIGHT, channels } });
const gray = (): Sharp => image(1).toColourspace('b-w');

/** Every colour value with every opacity. */
const everyOpacity = (): Sharp => {
  const data = Buffer.alloc(256 * 256 * 4);
  for (let at = 0; at < 65536; at++)
    data.set([at & 255, 255 - (at & 255), (7 * at) & 255, at >> 8], 4 * at);
  return sharp(data, { raw: { width: 256, height: 256, channels: 4 } });
};

const sixteenBits = (channels: 1 | 3): Sharp => {
  const data = Uint16Array.from(
    { length: WIDTH * HEIGHT * channels },
    (_, at) => (Math.imul(at, 40503) >>> 3) & 65535,
  );
  const raw = { width: WIDTH, height: HEIGHT, channels };
  return sharp(data, { raw }).toColourspace(channels === 1 ? 'grey16' : 'rgb16');
};

/** A BMP file of 24 or 32 bits a pixel. */
function bmp(bits: 24 | 32): Buffer {
  const data = pixels(3);
  const stride = Math.ceil((WIDTH * bits) / 32) * 4;
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + stride * HEIGHT, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(WIDTH, 18);
  header.writeInt32LE(HEIGHT, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  const rows = Buffer.alloc(stride * HEIGHT);
  for (let row = 0; row < HEIGHT; row++)
    for (let column = 0; column < WIDTH; column++)
      for (let colour = 0; colour < 3; colour++)
        rows[row * stride + (column * bits) / 8 + 2 - colour] =
          data[((HEIGHT - 1 - row) * WIDTH + column) * 3 + colour]!;
  return Buffer.concat([header, rows]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG file that says how bright it is meant, which is read as it stands. */
async function withGamma(): Promise<Buffer> {
  const png = await image().png().toBuffer();
  const gamma = Buffer.alloc(4);
  gamma.writeUInt32BE(100_000);
  const afterHeader = 33;
  return Buffer.concat([
    png.subarray(0, afterHeader),
    chunk('gAMA', gamma),
    png.subarray(afterHeader),
  ]);
}

/** A PNG file whose header claims 30,000 x 30,000 pixels. */
function huge(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(100)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Image files of every kind that programs and pages have to read alike. */
export async function imagesOfEveryKind(): Promise<Record<string, Buffer>> {
  const turned = ORIENTATIONS.flatMap((orientation): [string, Sharp][] => {
    const upright = (): Sharp => image().withMetadata({ orientation });
    return [
      [`exif${orientation}.jpg`, upright().jpeg()],
      [`exif${orientation}.png`, upright().png()],
      [`exif${orientation}.webp`, upright().webp()],
    ];
  });
  const made: [string, Sharp][] = [
    ...turned,
    ['baseline.jpg', image().jpeg()],
    ['progressive.jpg', image().jpeg({ progressive: true })],
    ['full-colour.jpg', image().jpeg({ quality: 100, chromaSubsampling: '4:4:4' })],
    ['gray.jpg', gray().jpeg()],
    ['inks.jpg', image().toColourspace('cmyk').jpeg()],
    ['profile.jpg', image().withIccProfile('p3').jpeg()],
    ['8.png', image().png()],
    ['16.png', sixteenBits(3).png()],
    ['gray.png', gray().png()],
    ['gray16.png', sixteenBits(1).png()],
    ['interlaced.png', image().png({ progressive: true })],
    ['palette.png', image().png({ palette: true, colours: 32 })],
    ['alpha.png', image(4).png()],
    ['gray-alpha.png', image(2).png()],
    ['every-opacity.png', everyOpacity().png()],
    ['profile.png', image().withIccProfile('p3').png()],
    ['lossy.webp', image().webp()],
    ['lossless.webp', image().webp({ lossless: true })],
    ['alpha.webp', image(4).webp()],
    ['every-opacity.webp', everyOpacity().webp({ lossless: true, exact: true })],
    ['palette.gif', image().gif()],
    // Wider than what is drawn at once.
    ['wide.png', image().resize(2500, 30, { fit: 'fill' }).png()],
    ['tall.jpg', image().resize(30, 2500, { fit: 'fill' }).jpeg()],
  ];
  const files = await Promise.all(
    made.map(async ([name, file]): Promise<[string, Buffer]> => [name, await file.toBuffer()]),
  );
  return {
    ...Object.fromEntries(files),
    '24.bmp': bmp(24),
    '32.bmp': bmp(32),
    'gamma.png': await withGamma(),
  };
}

/** Files that programs and pages have to refuse. */
export async function imagesToRefuse(): Promise<Record<string, Buffer>> {
  const halfOf = (file: Buffer): Buffer => file.subarray(0, file.length / 2);
  return {
    'huge.png': huge(),
    'half.jpg': halfOf(await image().jpeg().toBuffer()),
    'half.png': halfOf(await image().png().toBuffer()),
    'half.webp': halfOf(await image().webp().toBuffer()),
    'half.bmp': halfOf(bmp(24)),
    'text.png': Buffer.from('not a picture at all'),
  };
}
