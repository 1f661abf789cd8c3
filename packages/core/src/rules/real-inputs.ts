import { definitionOf } from '../layers/definition-of.js';
import { layerScope } from '../layers/layer-scope.js';
import type { Layer } from '../layers/layer.js';
import { normalises, isLayout } from '../network/input-path.js';
import { makerOf } from '../network/network.js';
import type { Value } from '../program/program-builder.js';
import type { RuleScope } from './rule.js';

/** A pad as one with zeros, whatever it pads with. */
const padsWithZeros = (layer: Layer): Layer =>
  layer.kind === 'pad' ? { ...layer, attributes: { ...layer.attributes, value: 0 } } : layer;

/** 1 where a value is laid out from what was computed, 0 where it is padding; undefined where none of it is. */
export function realInputs(scope: RuleScope, value: string): Value | undefined {
  const { ops, network } = scope;
  const maker = makerOf(network, value);
  if (!maker || !(isLayout(maker) || normalises(maker))) return undefined;
  const before = maker.inputs.map((input) => realInputs(scope, input));
  if (maker.kind !== 'pad' && before.every((mask) => mask === undefined)) return undefined;
  if (normalises(maker)) return ops.broadcast(before[0]!, network.shapes.get(value)!);
  const values = maker.inputs.map((input, index) => {
    const shape = network.shapes.get(input)!;
    return [input, ops.broadcast(before[index] ?? ops.scalar(1), shape)] as const;
  });
  return definitionOf(maker).forward(padsWithZeros(maker), layerScope(ops, maker, new Map(values)));
}
