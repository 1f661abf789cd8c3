import { PatternLensError } from '../../errors/patternlens-error.js';
import { makerOf } from '../../network/network.js';
import type { DriverSetting, MemberResult } from './driver.js';

/** A number for a result: what a window's drop is measured in. */
export type Score = (result: MemberResult) => number;

const METHOD = 'occlusion';

function invalid(message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `${METHOD}: ${message}`, {
    method: METHOD,
  });
}

/** The softmax over the classes (axis 1) at the target's position. */
function softmaxAt({ output: { data, shape }, target }: MemberResult): number {
  const classes = shape[1] ?? 1;
  const positions = data.length / classes;
  const position = target % positions;
  let largest = -Infinity;
  for (let at = position; at < data.length; at += positions) largest = Math.max(largest, data[at]!);
  let sum = 0;
  for (let at = position; at < data.length; at += positions) sum += Math.exp(data[at]! - largest);
  return Math.exp(data[target]! - largest) / sum;
}

/** The probability of the explained class: behind the softmax or sigmoid that was cut, or a softmax where there was none.
 * @throws PatternLensError `invalid-argument` where the explained value has no probability. */
export function probabilityScore({ network, layer }: DriverSetting): Score {
  if (layer !== undefined)
    invalid(
      `score=probability is about classes, and a neuron of layer "${layer}" is explained. Use score=logit.`,
    );
  if (network.head === 'sigmoid') return ({ explained }) => 1 / (1 + Math.exp(-explained));
  const last = makerOf(network, network.outputs[0]!);
  if (
    last?.kind === 'softmax' ||
    (last?.kind === 'activation' && last.attributes.function === 'sigmoid')
  )
    invalid(
      'the output is kept behind its softmax or sigmoid, and is a probability already. Use score=logit.',
    );
  if (network.shapes.get(network.outputs[0]!)![1] === 1)
    invalid(
      'score=probability needs two classes or a sigmoid, the network has one output. Use score=logit.',
    );
  return softmaxAt;
}
