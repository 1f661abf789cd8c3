import type { PoolAttributes } from '@patternlens/core/backend';
import {
  type PrimitiveCase,
  type Fill,
  type Given,
  primitive,
  N,
  pool2d,
} from './primitive-case.js';

const pools: readonly { name: string; x: readonly number[]; attributes: PoolAttributes }[] = [
  { name: '2x2 stride 2', x: [3, 6, 8], attributes: pool2d({}) },
  { name: '2x2 stride 2 on odd sizes', x: [3, 7, 5], attributes: pool2d({}) },
  { name: '3x3 stride 2', x: [2, 9, 7], attributes: pool2d({ kernel: [3, 3] }) },
  {
    name: '3x3 stride 2, last window cut',
    x: [2, 8, 6],
    attributes: pool2d({ kernel: [3, 3], padsEnd: [1, 1] }),
  },
  {
    name: '3x3 stride 2 padded',
    x: [2, 8, 8],
    attributes: pool2d({ kernel: [3, 3], padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  {
    name: '3x3 stride 1 padded',
    x: [2, 5, 5],
    attributes: pool2d({ kernel: [3, 3], strides: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1] }),
  },
  { name: '3x2 stride 1x3', x: [2, 6, 8], attributes: pool2d({ kernel: [3, 2], strides: [1, 3] }) },
  { name: '2x2 stride 3', x: [2, 8, 8], attributes: pool2d({ strides: [3, 3] }) },
  { name: '2x2 dilated', x: [2, 7, 7], attributes: pool2d({ dilations: [2, 3], strides: [1, 2] }) },
  {
    name: 'the whole plane',
    x: [3, 4, 5],
    attributes: pool2d({ kernel: [4, 5], strides: [1, 1] }),
  },
  {
    name: '3x3 stride 2 padded before only',
    x: [2, 7, 8],
    attributes: pool2d({ kernel: [3, 3], padsBegin: [1, 2] }),
  },
  {
    name: '3x3 dilated, stride 2, padded',
    x: [2, 8, 7],
    attributes: pool2d({
      kernel: [3, 3],
      dilations: [2, 2],
      padsBegin: [1, 2],
      padsEnd: [2, 1],
    }),
  },
  {
    name: '1-D',
    x: [3, 9],
    attributes: { kernel: [3], strides: [2], padsBegin: [1], padsEnd: [1], dilations: [1] },
  },
  {
    name: '3-D',
    x: [2, 4, 5, 4],
    attributes: {
      kernel: [2, 3, 2],
      strides: [2, 2, 1],
      padsBegin: [0, 1, 0],
      padsEnd: [0, 1, 1],
      dilations: [1, 1, 1],
    },
  },
];

export function poolCases(): PrimitiveCase[] {
  return pools.flatMap(({ name, x, attributes }) => {
    const output = x
      .slice(1)
      .map(
        (size, axis) =>
          Math.floor(
            (size +
              attributes.padsBegin[axis]! +
              attributes.padsEnd[axis]! -
              (attributes.kernel[axis]! - 1) * attributes.dilations[axis]! -
              1) /
              attributes.strides[axis]!,
          ) + 1,
      );
    const r: Given = { shape: [N, x[0]!, ...output] };
    const inputs = (fill: Fill): Given[] => [{ shape: [N, ...x], fill }, r];
    return (['normal', 'whole', 'negative'] as const).flatMap((fill) => [
      ...primitive(`maxPool ${name}, ${fill}`, [{ shape: [N, ...x], fill }], (ops, [a]) =>
        ops.maxPool(a!, attributes),
      ),
      ...primitive(`poolSwitches ${name}, ${fill}`, [{ shape: [N, ...x], fill }], (ops, [a]) =>
        ops.poolSwitches(a!, attributes),
      ),
      ...primitive(`unpool by switches ${name}, ${fill}`, inputs(fill), (ops, [a, b]) =>
        ops.unpool(b!, ops.poolSwitches(a!, attributes), attributes, x.slice(1)),
      ),
      ...primitive(
        `unpool by switches of rectified values ${name}, ${fill}`,
        inputs(fill),
        (ops, [a, b]) => {
          const h = ops.relu(a!);
          const back = ops.unpool(b!, ops.poolSwitches(h, attributes), attributes, x.slice(1));
          return ops.mul(back, ops.isPositive(h));
        },
      ),
      ...primitive(
        `unpool beside the pooled value ${name}, ${fill}`,
        inputs(fill),
        (ops, [a, b]) => {
          const pooled = ops.maxPool(a!, attributes);
          return ops.unpool(
            ops.add(b!, pooled),
            ops.poolSwitches(a!, attributes),
            attributes,
            x.slice(1),
          );
        },
      ),
      ...primitive(`poolBySwitches ${name}, ${fill}`, [{ shape: [N, ...x], fill }], (ops, [a]) =>
        ops.poolBySwitches(ops.abs(a!), ops.poolSwitches(a!, attributes), attributes),
      ),
      ...(fill === 'normal'
        ? [
            ...primitive(`avgPool ${name}`, [{ shape: [N, ...x] }], (ops, [a]) =>
              ops.avgPool(a!, attributes),
            ),
            ...primitive(`avgPoolInputGradient ${name}`, [r], (ops, [a]) =>
              ops.avgPoolInputGradient(a!, attributes, x.slice(1)),
            ),
          ]
        : []),
    ]);
  });
}
