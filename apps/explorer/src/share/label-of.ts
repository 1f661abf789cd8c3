import type { Explanation } from '@patternlens/core';
import { product } from '@patternlens/core/tensor';
import type { OpenedModel } from '../state/app-state.js';

/** The name of what was explained: a class's, or its channel's where labels name channels; undefined for a neuron of a layer, and without labels. */
export function labelOf(
  { facts, labels }: Pick<OpenedModel, 'facts' | 'labels'>,
  target: Explanation['targets'][number],
): string | undefined {
  if (!labels) return undefined;
  const sizes = facts.outputShape.slice(1).map(Number);
  if (typeof target !== 'number') return 'layer' in target ? undefined : labels[target.channel];
  if (labels.length === product(sizes)) return labels[target];
  const axis = sizes.indexOf(labels.length);
  const stride = product(sizes.slice(axis + 1));
  return axis < 0 ? labels[target] : labels[Math.floor(target / stride) % labels.length];
}
