import { groupOf } from '../layers/definition-of.js';
import type { LayerGroup } from '../layers/layer-definition.js';
import type { Layer, LayerKind } from '../layers/layer.js';
import { isMadeOf, sourcesOf } from './made-of.js';
import { makerOf, type Network } from './network.js';
import { heldNorm } from './norm.js';

/** Groups that what leaves a gate may pass: it is laid out, pooled and added, and is still one. */
const PASSED: readonly LayerGroup[] = ['layout', 'average', 'maximum', 'sum'];
const PASSED_KINDS: readonly LayerKind[] = ['scale', 'resize', 'product'];

/** How far the upper end of a gate may be from 1: a factor of 1/6 in half precision is off by 2e-4. */
const HALF_PRECISION = 1e-3;

/** A value held between 0 and h, times 1/h: a hard sigmoid, whose factor may be rounded. */
function isScaledClip(layer: Layer, network: Network): boolean {
  if (layer.kind !== 'scale') return false;
  const maker = makerOf(network, layer.inputs[0]!);
  if (maker?.kind !== 'activation' || maker.attributes.function !== 'clip') return false;
  const { low, high } = maker.attributes;
  const factors = layer.parameters['weights']!.tensor.data;
  return low === 0 && factors.every((factor) => Math.abs(factor * high - 1) <= HALF_PRECISION);
}

/** What has values from 0 to 1 by itself. */
function opensAndCloses(layer: Layer, network: Network): boolean {
  if (layer.kind === 'softmax' || isScaledClip(layer, network)) return true;
  if (layer.kind === 'quotient')
    return (
      makerOf(network, layer.inputs[0]!)?.kind === 'pointwise' &&
      heldNorm(layer, network) !== undefined
    );
  if (layer.kind !== 'activation') return false;
  const { attributes } = layer;
  if (attributes.function === 'clip') return attributes.low === 0 && attributes.high === 1;
  return attributes.function === 'sigmoid' || attributes.function === 'hard-sigmoid';
}

/** Whether a value is a sigmoid, hard sigmoid or softmax of something, or made of such values only. */
function isGate(value: string, network: Network, known: Map<string, boolean>): boolean {
  const before = known.get(value);
  if (before !== undefined) return before;
  const maker = makerOf(network, value);
  const passes =
    maker !== undefined &&
    (PASSED.includes(groupOf(maker)) || PASSED_KINDS.includes(maker.kind)) &&
    maker.inputs.every((input) => isGate(input, network, known));
  const found = passes || (maker !== undefined && opensAndCloses(maker, network));
  known.set(value, found);
  return found;
}

const BENT: readonly LayerKind[] = ['activation', 'rectifier', 'pointwise'];
const ELEMENTWISE: readonly LayerKind[] = [
  ...BENT,
  'scale',
  'add-constant',
  'product',
  'add',
  'power',
];

/** Whether a factor is a function of the other one, element by element: an activation that is no known one. */
function isShareOf(factor: string, value: string, network: Network): boolean {
  const made = isMadeOf(factor, sourcesOf(value, network), network, ({ kind }) =>
    ELEMENTWISE.includes(kind),
  );
  return made?.some(({ kind }) => BENT.includes(kind)) ?? false;
}

/** The factors of a product that are gates, by their numbers: a sigmoid, hard sigmoid or softmax of something, or what a value makes of itself element by element. */
export function gatesOf(layer: Layer, network: Network): number[] {
  const known = new Map<string, boolean>();
  const gates = layer.inputs.flatMap((input, index) =>
    isGate(input, network, known) ? [index] : [],
  );
  if (gates.length > 0) return gates;
  return layer.inputs.flatMap((input, index) =>
    isShareOf(input, layer.inputs[1 - index]!, network) ? [index] : [],
  );
}
