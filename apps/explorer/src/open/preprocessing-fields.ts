import type { ChannelOrder, Extent, Preprocessing, ResampleFilter } from '@patternlens/data';
import { fractionText, readFraction, readFractions } from './read-fraction.js';

/** A preprocessing as its form holds it: text, empty where nothing is said. */
export interface PreprocessingFields {
  readonly resize: string;
  /** The width, where an image is scaled to exactly one size. */
  readonly resizeWidth: string;
  readonly crop: string;
  readonly cropWidth: string;
  readonly resample: '' | ResampleFilter;
  readonly channels: '' | ChannelOrder;
  readonly scale: string;
  readonly mean: string;
  readonly std: string;
}

const extentTexts = (extent: Extent | undefined): readonly [string, string] =>
  extent === undefined
    ? ['', '']
    : typeof extent === 'number'
      ? [String(extent), '']
      : [String(extent[0]), String(extent[1])];

/** A preprocessing as text. */
export function fieldsOf({
  resize,
  crop,
  resample,
  channels,
  scale = 1,
  mean = [0],
  std = [1],
}: Preprocessing): PreprocessingFields {
  const [resizeText, resizeWidth] = extentTexts(resize);
  const [cropText, cropWidth] = extentTexts(crop);
  return {
    resize: resizeText,
    resizeWidth,
    crop: cropText,
    cropWidth,
    resample: resample ?? '',
    channels: channels ?? '',
    scale: fractionText(scale),
    mean: mean.map(fractionText).join(', '),
    std: std.map(fractionText).join(', '),
  };
}

/** What a form holds, or what is wrong with it. */
export type ReadFields =
  | { readonly values: Preprocessing; readonly wrong?: undefined }
  | { readonly values?: undefined; readonly wrong: string };

class WrongField extends Error {}

function extent(name: string, text: string, width: string): Extent | undefined {
  if (text === '' && width === '') return undefined;
  const [height, other] = [Number(text), width === '' ? undefined : Number(width)];
  for (const side of [height, ...(other === undefined ? [] : [other])])
    if (!Number.isInteger(side) || side < 1 || side > 16384)
      throw new WrongField(`${name} takes pixels, a whole number from 1 to 16384.`);
  return other === undefined ? height : [height, other];
}

function numbers(name: string, text: string): readonly number[] | undefined {
  if (text.trim() === '') return undefined;
  const read = readFractions(text);
  if (read?.length === 1 || read?.length === 3) return read;
  throw new WrongField(`${name} takes 1 or 3 numbers, such as 0.485, 0.456, 0.406 or 1/255.`);
}

/** Reads the fields; what only repeats a default is left out. */
export function readFields(fields: PreprocessingFields): ReadFields {
  try {
    const resize = extent('Resize', fields.resize, fields.resizeWidth);
    const crop = extent('Crop', fields.crop, fields.cropWidth);
    const scale = fields.scale.trim() === '' ? 1 : readFraction(fields.scale);
    if (scale === undefined || scale <= 0)
      return { wrong: 'Scale takes a number above 0, such as 1/255.' };
    const mean = numbers('Mean', fields.mean);
    const std = numbers('Std', fields.std);
    if (std?.some((each) => each <= 0)) return { wrong: 'Std takes numbers above 0.' };
    const all = (list: readonly number[] | undefined, value: number): boolean =>
      list === undefined || list.every((each) => each === value);
    return {
      values: {
        ...(resize === undefined ? {} : { resize }),
        ...(crop === undefined ? {} : { crop }),
        ...(fields.resample === '' ? {} : { resample: fields.resample }),
        ...(fields.channels === '' ? {} : { channels: fields.channels }),
        ...(scale === 1 ? {} : { scale }),
        ...(all(mean, 0) ? {} : { mean: mean! }),
        ...(all(std, 1) ? {} : { std: std! }),
      },
    };
  } catch (thrown) {
    if (thrown instanceof WrongField) return { wrong: thrown.message };
    throw thrown;
  }
}
