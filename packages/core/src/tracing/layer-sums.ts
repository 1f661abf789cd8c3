import type { Layer } from '../layers/layer.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { Rule, RuleLoss } from '../rules/rule.js';
import type { Signal } from '../rules/signal.js';
import { BATCH, sizeOf } from '../tensor/shape.js';

/** The sum of a signal over each sample and the sum of its magnitudes, both `[N]`, as outputs of the program: the true numbers are these times 2^exponent. */
export interface SumPorts {
  readonly sum: string;
  readonly magnitude: string;
  readonly exponent: number;
}

/** What a traced method says of the relevance at one layer: what arrived, what it sent to each input, what its rule says that it kept back. */
export interface LayerSums {
  readonly layer: Layer;
  readonly arrived: SumPorts;
  readonly sent: readonly SumPorts[];
  readonly losses: Readonly<Partial<Record<RuleLoss, SumPorts>>>;
}

/** The sum over each sample: `[N]`. */
export function sumOfSamples(ops: ProgramBuilder, value: Value): Value {
  const flat = ops.reshape(value, [BATCH, sizeOf(value.shape.slice(1))]);
  return ops.reshape(ops.reduceSum(flat, [1]), [BATCH]);
}

/** Makes sums of what arrived at a layer, and of what it sent, outputs of the program. */
export function layerSumPorts(
  ops: ProgramBuilder,
  layer: Layer,
  _rule: Rule,
  arrived: Signal,
  sent: readonly Signal[],
  losses: Readonly<Partial<Record<RuleLoss, Value>>>,
): LayerSums {
  const ports = (name: string, { value, exponent }: Signal): SumPorts => {
    ops.output(`sum:${name}`, sumOfSamples(ops, value));
    ops.output(`magnitude:${name}`, sumOfSamples(ops, ops.abs(value)));
    return { sum: `sum:${name}`, magnitude: `magnitude:${name}`, exponent };
  };
  const { exponent } = arrived;
  return {
    layer,
    arrived: ports(`arrived:${layer.name}`, arrived),
    sent: sent.map((signal, index) => ports(`sent:${layer.name}:${index}`, signal)),
    losses: Object.fromEntries(
      Object.entries(losses).map(([reason, value]) => [
        reason,
        ports(`lost:${layer.name}:${reason}`, { value, exponent }),
      ]),
    ),
  };
}
