import type { Layer } from '../../layers/layer.js';
import type { Network } from '../../network/network.js';
import type { Method } from '../../methods/method.js';
import { type ExplanationWarning, inWords } from './explanation-warning.js';

/** A sum that is further from its start than this factor, either way, is told. */
const FAR = 100;

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

const isAddition = ({ kind }: Layer): boolean => kind === 'add' || kind === 'sum';

/** How many values a layer that adds has for one that it makes. */
function summandsOf(layer: Layer, { shapes }: Network): number {
  if (layer.kind !== 'sum') return layer.inputs.length;
  const shape = shapes.get(layer.inputs[0]!)!;
  return layer.attributes.axes.reduce((count, axis) => count * (shape[axis] as number), 1);
}

/** What copies at additions multiply a sum by at most, if every other layer keeps it; 1 where nothing is copied. */
export function copiesOf(method: Method, network: Network): number {
  const { parameters } = method.driver?.of ?? method;
  if (parameters['add'] !== 'copy') return 1;
  return network.layers
    .filter(isAddition)
    .reduce((product, layer) => product * summandsOf(layer, network), 1);
}

/** Why a sum is far from its start, as far as the method and the network say it. */
function reasonOf(method: Method, network: Network, factor: number): string {
  const where = 'evaluate --metrics conservation shows the sum layer by layer.';
  if (Math.abs(factor) <= 1) return `Its rules kept the rest back, or it cancels; ${where}`;
  const read = 'Read where the relevance lies, not its size';
  const copies = copiesOf(method, network);
  if (copies === 1) return `Its rules make relevance that they were not given. ${read}; ${where}`;
  const additions = network.layers.filter(isAddition).length;
  return `${counted(additions, 'addition')} ${additions === 1 ? 'passes' : 'pass'} relevance whole to every summand (add=copy), which alone multiplies the sum by up to ${inWords(copies)}. ${read}.`;
}

/** Tells a sum that is off its start by more than a hundredfold; undefined where it is not, or where it started from 0.
 * @param sum Over all inputs; the true sum is this times 2^exponent. */
export function sumWarning(
  method: Method,
  network: Network,
  { sum, exponent, start }: { sum: number; exponent: number; start: number },
): ExplanationWarning | undefined {
  if (start === 0) return undefined;
  // Without the sign of a zero.
  const factor = (sum / start) * 2 ** exponent + 0;
  const size = Math.abs(factor);
  if (size <= FAR && size >= 1 / FAR) return undefined;
  const reason = reasonOf(method, network, factor);
  return Number.isFinite(factor)
    ? {
        code: 'sum-off-start',
        value: factor,
        text: `The relevance sums to ${inWords(factor * start)}, which is ${inWords(factor)} times the ${inWords(start)} that it started from. ${reason}`,
      }
    : {
        code: 'sum-off-start',
        text: `The relevance sums to ${inWords(sum)} times 2^${exponent}; it started from ${inWords(start)}. ${reason}`,
      };
}
