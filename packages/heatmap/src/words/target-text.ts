import type { ChannelTarget, NeuronTarget } from '@patternlens/core';
import { scoreText } from '../text/number-text.js';

/** What was explained in one sample. */
export interface ExplainedTarget {
  /** The flattened class, a class at all of its positions, or a neuron of a layer. */
  readonly target: number | ChannelTarget | NeuronTarget;
  /** The class's name. */
  readonly name?: string | undefined;
  /** The explained value, such as the logit. */
  readonly value?: number | undefined;
  /** What that value is; `logit` for a class, `sum of logits` for a channel and `value` for a neuron unless given. */
  readonly unit?: string | undefined;
}

/** `class 281`, `channel 3`, or `conv1/12 at (3, 4)`. */
export function targetId({ target }: ExplainedTarget): string {
  if (typeof target === 'number') return `class ${target}`;
  if (!('layer' in target)) return `channel ${target.channel}`;
  const { layer, channel, position } = target;
  return `${layer}/${channel}${position.length === 0 ? '' : ` at (${position.join(', ')})`}`;
}

/** `class 281 tabby cat` */
export const targetName = (target: ExplainedTarget): string =>
  target.name === undefined ? targetId(target) : `${targetId(target)} ${target.name}`;

/** `logit`, unless it is something else. */
export const unitOf = ({ target, unit }: ExplainedTarget): string =>
  unit ?? (typeof target === 'number' ? 'logit' : 'layer' in target ? 'value' : 'sum of logits');

/** `logit 14.31`; undefined where the value is not known. */
export const valueText = (target: ExplainedTarget): string | undefined =>
  target.value === undefined ? undefined : `${unitOf(target)} ${scoreText(target.value)}`;
