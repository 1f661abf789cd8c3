import type { ConvAttributes } from '@patternlens/core/backend';
import { type PrimitiveCase, values, type Given, primitive, N, conv2d } from './primitive-case.js';

interface ConvCase {
  readonly name: string;
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly attributes: ConvAttributes;
}

const convolutions: readonly ConvCase[] = [
  { name: '1x1', x: [4, 5, 6], w: [3, 4, 1, 1], attributes: conv2d({}) },
  {
    name: '3x3 padded',
    x: [3, 6, 5],
    w: [4, 3, 3, 3],
    attributes: conv2d({ padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: '7x7 stride 2',
    x: [3, 15, 15],
    w: [4, 3, 7, 7],
    attributes: conv2d({ strides: [2, 2] }),
  },
  {
    name: '7x7 stride 2 on an even size, with a rest',
    x: [3, 16, 14],
    w: [8, 3, 7, 7],
    attributes: conv2d({ strides: [2, 2], padsBegin: [3, 3], padsEnd: [3, 3] }),
  },
  {
    name: '3x2 stride 2x3, uneven pads',
    x: [2, 9, 10],
    w: [4, 2, 3, 2],
    attributes: conv2d({ strides: [2, 3], padsBegin: [2, 0], padsEnd: [0, 1] }),
  },
  {
    name: '3x3 dilated',
    x: [2, 9, 9],
    w: [3, 2, 3, 3],
    attributes: conv2d({ dilations: [2, 3], padsBegin: [1, 2], padsEnd: [2, 1] }),
  },
  {
    name: '3x3 dilated, stride 2',
    x: [2, 10, 9],
    w: [3, 2, 3, 3],
    attributes: conv2d({ dilations: [2, 2], strides: [2, 2], padsBegin: [2, 2], padsEnd: [2, 2] }),
  },
  {
    name: '3x3 in two groups',
    x: [4, 5, 5],
    w: [6, 2, 3, 3],
    attributes: conv2d({ groups: 2, padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: '3x3 in three groups, stride 2',
    x: [6, 7, 7],
    w: [3, 2, 3, 3],
    attributes: conv2d({ groups: 3, strides: [2, 2], padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: 'depthwise',
    x: [5, 6, 6],
    w: [5, 1, 3, 3],
    attributes: conv2d({ groups: 5, padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: 'depthwise with two outputs a channel, stride 2',
    x: [3, 6, 6],
    w: [6, 1, 3, 3],
    attributes: conv2d({ groups: 3, strides: [2, 2] }),
  },
  {
    name: 'pads as wide as the kernel',
    x: [2, 4, 4],
    w: [2, 2, 2, 2],
    attributes: conv2d({ padsBegin: [2, 2], padsEnd: [2, 2] }),
  },
  {
    name: 'stride larger than the kernel',
    x: [2, 9, 9],
    w: [3, 2, 1, 2],
    attributes: conv2d({ strides: [3, 3] }),
  },
  {
    name: '1x1 stride 2',
    x: [3, 7, 6],
    w: [2, 3, 1, 1],
    attributes: conv2d({ strides: [2, 2] }),
  },
  {
    name: '4x4 padded before only',
    x: [2, 6, 6],
    w: [3, 2, 4, 4],
    attributes: conv2d({ padsBegin: [3, 1] }),
  },
  {
    name: '3x3 stride 3 with a rest',
    x: [2, 11, 10],
    w: [2, 2, 3, 3],
    attributes: conv2d({ strides: [3, 3], padsEnd: [1, 0] }),
  },
  {
    name: 'a kernel of the padded size',
    x: [2, 3, 3],
    w: [4, 2, 5, 5],
    attributes: conv2d({ padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: 'depthwise dilated, stride 2',
    x: [4, 9, 8],
    w: [4, 1, 3, 3],
    attributes: conv2d({
      groups: 4,
      strides: [2, 1],
      dilations: [2, 2],
      padsBegin: [2, 1],
      padsEnd: [1, 2],
    }),
  },
  {
    name: 'one channel',
    x: [1, 5, 5],
    w: [1, 1, 3, 3],
    attributes: conv2d({ padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: '1-D plain',
    x: [3, 8],
    w: [2, 3, 3],
    attributes: { strides: [1], padsBegin: [0], padsEnd: [1], dilations: [1], groups: 1 },
  },
  {
    name: '1-D depthwise',
    x: [3, 8],
    w: [3, 1, 3],
    attributes: { strides: [1], padsBegin: [1], padsEnd: [1], dilations: [1], groups: 3 },
  },
  {
    name: '3-D in two groups, stride 2',
    x: [4, 5, 4, 5],
    w: [2, 2, 2, 2, 3],
    attributes: {
      strides: [2, 2, 2],
      padsBegin: [0, 0, 1],
      padsEnd: [1, 0, 1],
      dilations: [1, 1, 1],
      groups: 2,
    },
  },
  {
    name: '1-D',
    x: [4, 11],
    w: [6, 2, 3],
    attributes: { strides: [2], padsBegin: [1], padsEnd: [2], dilations: [2], groups: 2 },
  },
  {
    name: '3-D',
    x: [2, 5, 6, 4],
    w: [3, 2, 2, 3, 2],
    attributes: {
      strides: [1, 2, 1],
      padsBegin: [1, 0, 1],
      padsEnd: [0, 1, 1],
      dilations: [1, 1, 2],
      groups: 1,
    },
  },
];

export function convolutionCases(): PrimitiveCase[] {
  return convolutions.flatMap(({ name, x, w, attributes }) => {
    const kernel = w.slice(2);
    const output = x
      .slice(1)
      .map(
        (size, axis) =>
          Math.floor(
            (size +
              attributes.padsBegin[axis]! +
              attributes.padsEnd[axis]! -
              (kernel[axis]! - 1) * attributes.dilations[axis]! -
              1) /
              attributes.strides[axis]!,
          ) + 1,
      );
    const weights = values('normal', w, 5);
    const r: Given = { shape: [N, w[0]!, ...output] };
    return [
      ...primitive(`conv ${name}`, [{ shape: [N, ...x] }], (ops, [a]) =>
        ops.conv(a!, ops.constant(weights), attributes),
      ),
      ...primitive(
        `conv with computed weights ${name}`,
        [{ shape: [N, ...x] }, { shape: w }],
        (ops, [a, b]) => ops.conv(a!, b!, attributes),
      ),
      ...primitive(`convInputGradient ${name}`, [r], (ops, [a]) =>
        ops.convInputGradient(a!, ops.constant(weights), attributes, x.slice(1)),
      ),
      ...primitive(
        `convInputGradient with computed weights ${name}`,
        [r, { shape: w }],
        (ops, [a, b]) => ops.convInputGradient(a!, b!, attributes, x.slice(1)),
      ),
      ...primitive(`convWeightGradient ${name}`, [{ shape: [N, ...x] }, r], (ops, [a, b]) =>
        ops.convWeightGradient(a!, b!, attributes, kernel),
      ),
    ];
  });
}
