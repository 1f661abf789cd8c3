import type { Extent, Preprocessing } from './preprocessing.js';

/** How inputs are made for many published networks. */
export interface PreprocessingPreset {
  /** Who makes them so. */
  readonly about: string;
  readonly values: Pick<Preprocessing, 'channels' | 'scale' | 'mean' | 'std'>;
  /** The part of its shorter side that an image keeps once its centre is cut out. Without it, the image is scaled until it
   * covers the network's input. */
  readonly keeps?: number;
}

/** ImageNet's networks are shown the centre of 224 pixels of images whose shorter side is 256. */
const CENTRE = 224 / 256;

/** Presets by name. Their values and origins stand in docs/preprocessing.md. */
export const PREPROCESSING_PRESETS = {
  imagenet: {
    about: 'ImageNet as torchvision and timm have it',
    values: {
      channels: 'rgb',
      scale: 1 / 255,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
    keeps: CENTRE,
  },
  'imagenet-caffe': {
    about: 'ImageNet as Caffe and the VGG networks have it: blue first, without the mean',
    values: { channels: 'bgr', mean: [103.939, 116.779, 123.68] },
    keeps: CENTRE,
  },
  'zero-one': { about: '0 to 1', values: { scale: 1 / 255 } },
  'minus-one-one': {
    about: '-1 to 1, as Inception, MobileNet and Keras have it',
    values: { scale: 1 / 127.5, mean: [1] },
  },
  mnist: {
    about: 'handwritten digits in grey, white on black, as the examples of PyTorch have them',
    values: { channels: 'gray', scale: 1 / 255, mean: [0.1307], std: [0.3081] },
  },
  raw: { about: 'pixels 0..255 as they are', values: {} },
} as const satisfies Readonly<Record<string, PreprocessingPreset>>;

export type PreprocessingPresetId = keyof typeof PREPROCESSING_PRESETS;

export const PREPROCESSING_PRESET_IDS = Object.keys(
  PREPROCESSING_PRESETS,
) as readonly PreprocessingPresetId[];

/** The preprocessing that a preset is for a network that takes images of `[height, width]` pixels. The cut keeps the same
 * part of an image whatever the network's size: 224 of 256 pixels, 299 of 342. */
export function presetPreprocessing(
  id: PreprocessingPresetId,
  [height, width]: readonly [height: number, width: number],
): Preprocessing {
  const { values, keeps }: PreprocessingPreset = PREPROCESSING_PRESETS[id];
  if (keeps === undefined) return values;
  const crop: Extent = height === width ? height : [height, width];
  return { resize: Math.round(Math.max(height, width) / keeps), crop, ...values };
}
