import type { Tensor } from '@patternlens/core';
import type {
  ConvAttributes,
  PoolAttributes,
  ProgramBuilder,
  Value,
} from '@patternlens/core/backend';
import {
  conv2d,
  N,
  pool2d,
  primitive,
  values,
  type Given,
  type PrimitiveCase,
} from './primitive-case.js';

/** Unpooling where channels fill the blocks of runtimes' blocked layouts, and what may follow it. */
export function blockedCases(): PrimitiveCase[] {
  const windows: readonly {
    name: string;
    x: readonly [number, number];
    attributes: PoolAttributes;
  }[] = [
    { name: '2x2', x: [6, 8], attributes: pool2d({}) },
    { name: '2x2 on odd sizes', x: [7, 5], attributes: pool2d({}) },
    { name: '3x3', x: [9, 7], attributes: pool2d({ kernel: [3, 3] }) },
    { name: '3x3 on even sizes', x: [8, 10], attributes: pool2d({ kernel: [3, 3] }) },
    {
      name: '3x3, last window cut by one',
      x: [8, 6],
      attributes: pool2d({ kernel: [3, 3], padsEnd: [1, 1] }),
    },
    {
      name: '3x3, last window cut by two',
      x: [7, 9],
      attributes: pool2d({ kernel: [3, 3], padsEnd: [2, 2] }),
    },
    {
      name: '3x3 padded, odd',
      x: [7, 9],
      attributes: pool2d({ kernel: [3, 3], padsBegin: [1, 1], padsEnd: [1, 1] }),
    },
    {
      name: '3x3 padded, even',
      x: [8, 6],
      attributes: pool2d({ kernel: [3, 3], padsBegin: [1, 1], padsEnd: [1, 1] }),
    },
    {
      name: '3x3 padded, even, ceiling',
      x: [4, 6],
      attributes: pool2d({ kernel: [3, 3], padsBegin: [1, 1], padsEnd: [2, 2] }),
    },
    { name: '3x2', x: [9, 8], attributes: pool2d({ kernel: [3, 2] }) },
  ];
  const conv3 = conv2d({ padsBegin: [1, 1], padsEnd: [1, 1] });
  const conv7 = conv2d({ strides: [2, 2] });
  const unusual = conv2d({ padsBegin: [2, 0], padsEnd: [0, 1] });
  return windows.flatMap(({ name, x, attributes }) => {
    const size = (axis: number): number =>
      Math.floor(
        (x[axis]! +
          attributes.padsBegin[axis]! +
          attributes.padsEnd[axis]! -
          attributes.kernel[axis]!) /
          2,
      ) + 1;
    const r: Given = { shape: [N, 16, size(0), size(1)] };
    return (['normal', 'whole'] as const).flatMap((fill) => {
      const given: Given[] = [{ shape: [N, 16, ...x], fill }, r];
      const case_ = (
        what: string,
        finish: (ops: ProgramBuilder, back: Value, h: Value) => Value,
        gated = true,
      ): PrimitiveCase[] =>
        primitive(`blocked unpool ${name}, ${fill}, ${what}`, given, (ops, [a, b]) => {
          const h = ops.relu(a!);
          const pooled = ops.maxPool(h, attributes);
          const masked = gated ? ops.mul(b!, ops.isPositive(pooled)) : b!;
          return finish(ops, ops.unpool(masked, ops.poolSwitches(h, attributes), attributes, x), h);
        });
      const w = (channels: number, kernel: number, seed: number): Tensor =>
        values('normal', [16, channels, kernel, kernel], seed);
      const back = (
        ops: ProgramBuilder,
        value: Value,
        a: ConvAttributes,
        channels: number,
        kernel: number,
      ): Value => {
        const spatial = x.map(
          (size, axis) =>
            (size - 1) * a.strides[axis]! + kernel - a.padsBegin[axis]! - a.padsEnd[axis]!,
        );
        return ops.convInputGradient(value, ops.constant(w(channels, kernel, kernel)), a, spatial);
      };
      return [
        ...case_('alone', (_ops, value) => value, false),
        ...case_('gated', (_ops, value) => value),
        ...case_('masked behind', (ops, value, h) => ops.mul(value, ops.isPositive(h))),
        ...case_('rectified', (ops, value) => ops.relu(value)),
        ...case_('through 1x1 and 3x3', (ops, value) =>
          ops.add(back(ops, value, conv2d({}), 16, 1), back(ops, value, conv3, 16, 3)),
        ),
        ...case_('through 3x3, rectified, and 3x3 again', (ops, value) =>
          back(ops, ops.relu(back(ops, value, conv3, 16, 3)), conv3, 16, 3),
        ),
        ...case_('through uneven pads', (ops, value) => back(ops, value, unusual, 5, 2)),
        ...case_('through 7x7 of stride 2', (ops, value) => back(ops, value, conv7, 3, 7)),
      ];
    });
  });
}
