import {
  normals,
  ProgramBuilder,
  tensor,
  uniforms,
  type ConvAttributes,
  type PoolAttributes,
  type Program,
  type Shape,
  type Tensor,
  type TensorRecord,
  type Value,
} from '@patternlens/core';

/** A small program around one primitive, and inputs for it. */
export interface PrimitiveCase {
  readonly name: string;
  readonly program: Program;
  readonly inputs: TensorRecord;
}

const N = { batch: 1 };

type Fill = 'normal' | 'positive' | 'whole' | 'index';

function values(fill: Fill, shape: readonly number[], seed: number): Tensor {
  const draw = normals(seed),
    uniform = uniforms(seed);
  const make: Record<Fill, () => number> = {
    normal: draw,
    positive: () => Math.abs(draw()) + 0.1,
    // Few different values: ties, exact zeros, and equal operands.
    whole: () => Math.floor(uniform() * 4) - 1,
    index: () => Math.floor(uniform() * 5),
  };
  return tensor(
    Float32Array.from({ length: shape.reduce((total, dim) => total * dim, 1) }, make[fill]),
    shape,
  );
}

interface Given {
  readonly shape: Shape;
  readonly fill?: Fill;
}

/** A case over inputs of the given shapes, at a batch of 1 and of 3. */
function primitive(
  name: string,
  given: readonly Given[],
  record: (ops: ProgramBuilder, inputs: Value[]) => Value,
): PrimitiveCase[] {
  return [1, 3].map((batch) => {
    const ops = new ProgramBuilder();
    const inputs = given.map(({ shape }, at) => ops.input(`x${at}`, shape));
    // A last batch-free input would have no batch; every case has one that has.
    ops.output('y', record(ops, inputs));
    const tensors = given.map(
      ({ shape, fill = 'normal' }, at) =>
        [
          `x${at}`,
          values(
            fill,
            shape.map((dim) => (typeof dim === 'number' ? dim : dim.batch * batch)),
            17 * at + batch,
          ),
        ] as const,
    );
    return {
      name: `${name}, batch ${batch}`,
      program: ops.build(),
      inputs: Object.fromEntries(tensors),
    };
  });
}

const plane: Given = { shape: [N, 3, 4, 5] };
const conv2d = (own: Partial<ConvAttributes>): ConvAttributes => ({
  strides: [1, 1],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
  groups: 1,
  ...own,
});
const pool2d = (own: Partial<PoolAttributes>): PoolAttributes => ({
  kernel: [2, 2],
  strides: [2, 2],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
  ...own,
});

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
    name: 'depthwise with two outputs a channel',
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

function convolutionCases(): PrimitiveCase[] {
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

function poolCases(): PrimitiveCase[] {
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
    return (['normal', 'whole'] as const).flatMap((fill) => [
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

function elementwiseCases(): PrimitiveCase[] {
  const any = (['neg', 'abs', 'exp', 'tanh', 'sigmoid', 'erf', 'relu'] as const).flatMap((kind) =>
    primitive(kind, [plane], (ops, [x]) => ops.apply({ kind }, x!)),
  );
  const positive = (['log', 'sqrt'] as const).flatMap((kind) =>
    primitive(kind, [{ ...plane, fill: 'positive' }], (ops, [x]) => ops.apply({ kind }, x!)),
  );
  const shapes: readonly Given[] = [
    plane,
    { shape: [3, 1, 1] },
    { shape: [N, 3, 1, 5] },
    { shape: [1] },
  ];
  const binary = (['add', 'sub', 'mul', 'min', 'max'] as const).flatMap((kind) =>
    shapes.flatMap((other, at) =>
      primitive(`${kind} broadcast ${at}`, [plane, other], (ops, [a, b]) =>
        ops.apply({ kind }, a!, b!),
      ),
    ),
  );
  const relations = (
    ['greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'equal'] as const
  ).flatMap((relation) =>
    primitive(
      `compare ${relation}`,
      [
        { ...plane, fill: 'whole' },
        { shape: [N, 1, 4, 5], fill: 'whole' },
      ],
      (ops, [a, b]) => ops.compare(a!, relation, b!),
    ),
  );
  return [
    ...any,
    ...positive,
    ...binary,
    ...relations,
    ...primitive('div', [plane, { ...plane, fill: 'positive' }], (ops, [a, b]) => ops.div(a!, b!)),
    ...primitive('safeDiv', [plane, { ...plane, fill: 'whole' }], (ops, [a, b]) =>
      ops.safeDiv(a!, b!),
    ),
    ...primitive('safeDiv of a rectified product', [plane, plane], (ops, [a, b]) =>
      ops.safeDiv(ops.mul(ops.relu(a!), b!), a!),
    ),
    ...primitive('pow', [{ ...plane, fill: 'positive' }, plane], (ops, [a, b]) => ops.pow(a!, b!)),
    ...[-1, 0.5, 2, 3, -0.75].flatMap((exponent) =>
      primitive(`pow ${exponent}`, [{ ...plane, fill: 'positive' }], (ops, [a]) =>
        ops.pow(a!, ops.scalar(exponent)),
      ),
    ),
    ...primitive(
      'select',
      [{ ...plane, fill: 'whole' }, plane, { shape: [3, 1, 5] }],
      (ops, [m, a, b]) => ops.select(m!, a!, b!),
    ),
    ...primitive('a mask used as a choice and as a number', [plane, plane], (ops, [a, b]) => {
      const open = ops.isPositive(a!);
      return ops.add(ops.select(open, a!, b!), open);
    }),
  ];
}

function layoutCases(): PrimitiveCase[] {
  return [
    ...primitive('reshape', [plane], (ops, [x]) => ops.reshape(x!, [N, 12, 5])),
    ...primitive('reshape to several rows a sample', [plane], (ops, [x]) =>
      ops.reshape(x!, [{ batch: 3 }, 20]),
    ),
    ...primitive('transpose', [plane], (ops, [x]) => ops.transpose(x!, [0, 2, 3, 1])),
    ...primitive('transpose of the batch', [plane], (ops, [x]) => ops.transpose(x!, [2, 0, 3, 1])),
    ...primitive('broadcast', [{ shape: [N, 1, 4, 1] }], (ops, [x]) =>
      ops.broadcast(x!, [N, 3, 4, 5]),
    ),
    ...primitive('broadcast along the batch', [plane], (ops, [x]) =>
      ops.mul(x!, ops.broadcast(ops.constant(values('normal', [3, 1, 5], 3)), [N, 3, 4, 5])),
    ),
    ...primitive('pad', [plane], (ops, [x]) => ops.pad(x!, [0, 1, 0, 2], [0, 0, 3, 1], 1.5)),
    ...primitive('slice', [plane], (ops, [x]) =>
      ops.slice(x!, [0, 1, 0, 1], [N, 2, 4, 2], [1, 1, 1, 3]),
    ),
    ...primitive('concat', [plane, { shape: [N, 2, 4, 5] }], (ops, [a, b]) =>
      ops.concat([a!, b!, a!], 1),
    ),
    ...primitive('gather', [plane], (ops, [x]) => ops.gather(x!, 2, [3, 0, 0, 2])),
    ...primitive('reduceSum', [plane], (ops, [x]) => ops.reduceSum(x!, [1, 3])),
    ...primitive('reduceSum over the batch', [plane], (ops, [x]) => ops.reduceSum(x!, [0, 2])),
    ...primitive('reduceMax', [plane], (ops, [x]) => ops.reduceMax(x!, [2])),
    ...primitive('argMax', [{ shape: [N, 7], fill: 'whole' }], (ops, [x]) => ops.argMax(x!)),
    ...primitive('oneHot', [{ shape: [N], fill: 'index' }], (ops, [x]) =>
      ops.oneHot(ops.sub(x!, ops.scalar(1)), 3),
    ),
    ...primitive('matmul by a constant', [{ shape: [N, 4, 5] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(values('normal', [5, 3], 1))),
    ),
    ...primitive(
      'matmul of two values',
      [{ shape: [N, 2, 4, 5] }, { shape: [N, 1, 5, 3] }],
      (ops, [a, b]) => ops.matmul(a!, b!),
    ),
    ...primitive('matmul over the batch', [{ shape: [N, 4] }, { shape: [N, 3] }], (ops, [a, b]) =>
      ops.matmul(ops.transpose(a!, [1, 0]), b!),
    ),
  ];
}

/** Unpooling where channels fill the blocks of runtimes' blocked layouts, and what may follow it. */
function blockedCases(): PrimitiveCase[] {
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
          (own, axis) =>
            (own - 1) * a.strides[axis]! + kernel - a.padsBegin[axis]! - a.padsEnd[axis]!,
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
        ...case_('through uneven pads', (ops, value) => back(ops, value, unusual, 5, 2)),
        ...case_('through 7x7 of stride 2', (ops, value) => back(ops, value, conv7, 3, 7)),
      ];
    });
  });
}

/** Every primitive, with strides, pads, dilations, groups, ranks, ties and broadcasts that have gone wrong somewhere. */
export const primitiveCases: readonly PrimitiveCase[] = [
  ...elementwiseCases(),
  ...layoutCases(),
  ...convolutionCases(),
  ...poolCases(),
  ...blockedCases(),
];
