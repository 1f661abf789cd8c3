import { readdir, readFile } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { imageSource, parsePreprocessing } from '@patternlens/data';
import sharp from 'sharp';

const ENDINGS = ['.jpg', '.jpeg', '.png', '.webp'];

/** Decodes an image. Any image library does; this is sharp. */
async function decode(bytes) {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** The images of a folder as samples, each read when its turn comes; `names` are the files without their endings. */
export async function folderSource(folder, { inputShape, preprocessing }) {
  const names = (await readdir(folder)).sort();
  const files = names.filter((name) => ENDINGS.includes(extname(name).toLowerCase()));
  const others = names.filter((name) => !files.includes(name));
  if (others.length > 0) console.error(`left out ${others.join(', ')}: no ${ENDINGS.join(', ')}`);
  if (files.length === 0) throw new Error(`"${folder}" holds no images (${ENDINGS.join(', ')}).`);
  const source = imageSource(
    files.map((file) => ({ name: file, bytes: () => readFile(join(folder, file)) })),
    { decode, inputShape, ...(preprocessing ? { preprocessing } : {}) },
  );
  return { ...source, names: files.map((file) => parse(file).name) };
}

/** How pixels become inputs, from `NAME.preprocess.json` beside `NAME.onnx`; undefined where there is no such file. */
export async function preprocessingOf(model) {
  const file = String(model).replace(/\.onnx$/, '.preprocess.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parsePreprocessing(text, file);
}
