import type { Tensor } from '@patternlens/core';
import type { ConvAttributes } from '@patternlens/core/backend';
import { inAttributes, inPrimitive, mapped, type Mutant } from './mutant.js';

const ones = (values: readonly number[]): number[] => values.map(() => 1);

/** Which group's weights come first does not matter where there is one group. */
function nextGroup({ data, shape }: Tensor, groups: number): Tensor {
  const each = data.length / groups;
  return { shape, data: Float64Array.from(data, (_, at) => data[(at + each) % data.length]!) };
}

const strides = ({ strides: steps }: ConvAttributes): { strides: number[] } => ({
  strides: ones(steps),
});
const swappedPads = ({ padsBegin, padsEnd }: ConvAttributes) => ({
  padsBegin: padsEnd,
  padsEnd: padsBegin,
});

/** Faults of convolutions and pools. */
export const windowMutants: readonly Mutant[] = [
  {
    name: 'a convolution that ignores its stride',
    faults: inAttributes('conv', strides),
    subjects: ['conv'],
    named: /^conv .*(stride|1-D|3-D)/,
  },
  {
    name: "a convolution's transpose that ignores its stride",
    faults: inAttributes('convInputGradient', strides),
    subjects: ['convInputGradient'],
    named: /stride|1-D|3-D/,
  },
  {
    name: 'a convolution that ignores its dilation',
    faults: inAttributes('conv', ({ dilations }) => ({ dilations: ones(dilations) })),
    subjects: ['conv'],
    named: /^conv .*(dilated|1-D|3-D)/,
  },
  {
    name: 'a convolution that takes the pads of the other end',
    faults: inAttributes('conv', swappedPads),
    subjects: ['conv'],
    named: /^conv .*(pads|padded|dilated|rest|1-D|3-D)/,
  },
  {
    name: 'a convolution that mixes its groups up',
    faults: inPrimitive('conv', (line, evaluate) => {
      const [x, w] = line.operands;
      return evaluate({ ...line, operands: [x!, nextGroup(w!, line.operation.groups)] });
    }),
    subjects: ['conv'],
    named: /^conv .*(group|depthwise|1-D|3-D)/,
  },
  {
    name: "a convolution's weight gradient that is a mean over the batch",
    faults: inPrimitive('convWeightGradient', (line, evaluate) => {
      const batch = line.operands[0]!.shape[0]!;
      return mapped(evaluate(line), (value) => value / batch);
    }),
    subjects: ['convWeightGradient'],
    named: /^convWeightGradient .*batch 3$/,
  },
  {
    name: 'a max pool that pads with zeros',
    faults: inPrimitive('maxPool', (line, evaluate) => {
      const { padsBegin, padsEnd } = line.operation;
      const [x] = line.operands;
      const begin = [0, 0, ...padsBegin],
        end = [0, 0, ...padsEnd];
      const shape = x!.shape.map((size, axis) => size + begin[axis]! + end[axis]!);
      const padded = evaluate({
        operation: { kind: 'pad', begin, end, value: 0 },
        operands: [x!],
        shape,
      });
      const none = padsBegin.map(() => 0);
      return evaluate({
        ...line,
        operation: { ...line.operation, padsBegin: none, padsEnd: none },
        operands: [padded],
      });
    }),
    subjects: ['maxPool'],
    named: /(padded|cut|1-D|3-D).*(negative|normal|whole)/,
  },
  {
    name: 'an average pool that leaves its padding out',
    faults: inPrimitive('avgPool', (line, evaluate) => {
      const all = line.operands.map((x) => mapped(x, () => 1));
      const share = evaluate({ ...line, operands: all });
      return mapped(evaluate(line), (value, at) => value / share.data[at]!);
    }),
    subjects: ['avgPool'],
    named: /^avgPool .*(padded|cut|1-D|3-D)/,
  },
  {
    name: 'pool switches where the last of equal values wins',
    faults: inPrimitive('poolSwitches', (line, evaluate) =>
      // Less than any difference between values that are not equal.
      evaluate({
        ...line,
        operands: line.operands.map((x) => mapped(x, (v, at) => v + 1e-9 * at)),
      }),
    ),
    subjects: ['poolSwitches', 'unpool'],
    named: /whole|rectified/,
  },
  {
    name: 'an unpool that averages where windows overlap',
    faults: inPrimitive('unpool', (line, evaluate) => {
      const [r, switches] = line.operands;
      const counts = evaluate({ ...line, operands: [mapped(r!, () => 1), switches!] });
      return mapped(evaluate(line), (value, at) => value / Math.max(1, counts.data[at]!));
    }),
    subjects: ['unpool'],
    named: /unpool .*(3x3|3x2|dilated|1-D|3-D)/,
  },
];
