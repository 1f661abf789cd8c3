import type { NeuronTarget } from '@patternlens/core';
import { scoreText } from '../text/number-text.js';

/** What was explained in one sample. */
export interface ExplainedTarget {
  /** The flattened class, or a neuron of a layer. */
  readonly target: number | NeuronTarget;
  /** The class's name. */
  readonly name?: string | undefined;
  /** The explained value, such as the logit. */
  readonly value?: number | undefined;
  /** What that value is; `logit` for a class and `value` for a neuron unless given. */
  readonly unit?: string | undefined;
}

/** `class 281`, or `conv1/12 at (3, 4)`. */
export function targetId({ target }: ExplainedTarget): string {
  if (typeof target === 'number') return `class ${target}`;
  const { layer, channel, position } = target;
  return `${layer}/${channel}${position.length === 0 ? '' : ` at (${position.join(', ')})`}`;
}

/** `class 281 tabby cat` */
export const targetName = (target: ExplainedTarget): string =>
  target.name === undefined ? targetId(target) : `${targetId(target)} ${target.name}`;

/** `logit`, unless it is something else. */
export const unitOf = ({ target, unit }: ExplainedTarget): string =>
  unit ?? (typeof target === 'number' ? 'logit' : 'value');

/** `logit 14.31`; undefined where the value is not known. */
export const valueText = (target: ExplainedTarget): string | undefined =>
  target.value === undefined ? undefined : `${unitOf(target)} ${scoreText(target.value)}`;
