import type { Network } from '../../network/network.js';
import type { Method } from '../../methods/method.js';
import { type ExplanationWarning, inWords } from './explanation-warning.js';

/** A sum that is further from its start than this factor, either way, is told. */
const FAR = 100;

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/** Additions that the explained output depends on. */
const additionsOf = ({ layers }: Network): number =>
  layers.filter(({ kind }) => kind === 'add' || kind === 'sum').length;

/** Whether additions pass copies of relevance on. */
export function isCopied(method: Method, network: Network): boolean {
  const { parameters } = method.driver?.of ?? method;
  return parameters['add'] === 'copy' && additionsOf(network) > 0;
}

/** Why a sum is far from its start, as far as the method and the network say it. */
function reasonOf(method: Method, network: Network, factor: number): string {
  const additions = additionsOf(network);
  if (isCopied(method, network) && Math.abs(factor) > 1)
    return `${counted(additions, 'addition')} ${additions === 1 ? 'passes' : 'pass'} relevance whole to every summand (add=copy), where patterns multiply it again. Read where the relevance lies, not its size; add=share keeps the sum at additions.`;
  const where = 'evaluate --metrics conservation shows the sum layer by layer.';
  return Math.abs(factor) > 1
    ? `Its rules make relevance that they were not given. Read where the relevance lies, not its size; ${where}`
    : `Its rules kept the rest back, or it cancels; ${where}`;
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
