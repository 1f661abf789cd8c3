import { PatternLensError } from '../../errors/patternlens-error.js';
import { makerOf } from '../../network/network.js';
import { valueChannels } from '../../network/value-channels.js';
import { product } from '../../tensor/shape.js';
import type { DriverSetting, MemberResult } from './driver.js';

/** A number for a result: what a window's drop is measured in. */
export type Score = (result: MemberResult) => number;

const METHOD = 'occlusion';

function invalid(message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `${METHOD}: ${message}`, {
    method: METHOD,
  });
}

/** The softmax over the classes, at the target's position. */
const softmaxAlong =
  (axis: number): Score =>
  ({ output: { data, shape }, target }) => {
    const classes = shape[axis] ?? 1;
    const stride = product(shape.slice(axis + 1));
    const first = target - (Math.floor(target / stride) % classes) * stride;
    let largest = -Infinity;
    for (let at = 0; at < classes; at++) largest = Math.max(largest, data[first + at * stride]!);
    let sum = 0;
    for (let at = 0; at < classes; at++) sum += Math.exp(data[first + at * stride]! - largest);
    return Math.exp(data[target]! - largest) / sum;
  };

/** The probability of the explained class: behind the softmax or sigmoid that was cut, or a softmax where there was none.
 * @throws PatternLensError `invalid-argument` where the explained value has no probability. */
export function probabilityScore({ network, layer, channels = false }: DriverSetting): Score {
  if (channels)
    invalid(
      'score=probability is about a class at one position, and a channel is explained at all of its own. Use score=logit.',
    );
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
  const axis = valueChannels(network, network.outputs[0]!);
  if (network.shapes.get(network.outputs[0]!)![axis] === 1)
    invalid(
      'score=probability needs two classes or a sigmoid, the network has one output. Use score=logit.',
    );
  return softmaxAlong(axis);
}
