import { groupOf } from '../layers/definition-of.js';
import type { LayerGroup } from '../layers/layer-definition.js';
import type { Layer, LayerKind } from '../layers/layer.js';
import { isMadeOf, sourcesOf } from './made-of.js';
import { makerOf, type Network } from './network.js';

const GROUPS: readonly LayerGroup[] = ['layout', 'average', 'maximum', 'sum', 'rectifier', 'clip'];
const KINDS: readonly LayerKind[] = ['scale', 'product', 'power', 'pointwise', 'minimum'];
const REDUCING: readonly LayerKind[] = [
  'sum',
  'mean',
  'maximum-over-axes',
  'average-pool',
  'max-pool',
];

const isStep = (layer: Layer): boolean =>
  GROUPS.includes(groupOf(layer)) || KINDS.includes(layer.kind);

/** Whether a value is computed from another by sums, means or maxima of it: a norm, a deviation. */
function isNormOf(value: string, of: string, network: Network): boolean {
  const made = isMadeOf(value, withoutMean(of, network), network, isStep);
  return made?.some(({ kind }) => REDUCING.includes(kind)) ?? false;
}

/** The sources of a value; of one that has its own mean taken off, those of what it was before too. */
function withoutMean(value: string, network: Network): ReadonlySet<string> {
  const sources = sourcesOf(value, network);
  const maker = [...sources].map((at) => makerOf(network, at)).find((at) => at?.kind === 'add');
  if (maker?.inputs.length !== 2) return sources;
  const [whole, mean] = maker.inputs as [string, string];
  const before = sourcesOf(whole, network);
  const made = isMadeOf(mean, before, network, isStep);
  const isMean = made?.some(({ kind }) => REDUCING.includes(kind)) ?? false;
  return isMean ? new Set([...sources, ...before]) : sources;
}

/** Whether a value is 1 over something. */
function isReciprocal(value: string, network: Network): boolean {
  const maker = makerOf(network, value);
  if (maker?.inputs.length !== 1) return false;
  if (maker.kind === 'pointwise' && maker.attributes.function === 'reciprocal') return true;
  if (maker.kind === 'power')
    return maker.parameters['exponent']!.tensor.data.every((exponent) => exponent < 0);
  const passes =
    groupOf(maker) === 'layout' ||
    maker.kind === 'scale' ||
    (maker.kind === 'pointwise' && maker.attributes.function === 'sqrt');
  return passes && isReciprocal(maker.inputs[0]!, network);
}

/** The number of the input that is the norm of the other: the divisor of a quotient, or a factor that is 1 over the norm; undefined where a layer is no such normalisation. */
export function heldNorm(layer: Layer, network: Network): number | undefined {
  const [first, second] = layer.inputs as [string, string];
  if (layer.kind === 'quotient') return isNormOf(second, first, network) ? 1 : undefined;
  if (layer.kind !== 'product') return undefined;
  if (isReciprocal(second, network) && isNormOf(second, first, network)) return 1;
  return isReciprocal(first, network) && isNormOf(first, second, network) ? 0 : undefined;
}
