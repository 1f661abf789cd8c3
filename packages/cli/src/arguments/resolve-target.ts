import { suggestion, type ChannelTarget, type LayerTarget } from '@patternlens/core';
import { numbersOfLabel, type ClassLabels } from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import type { TypedTarget } from './parse-target.js';
import { UsageError } from './usage-error.js';

/** What a model is asked about. */
export type ResolvedTarget = 'top' | number | ChannelTarget | LayerTarget;

const EXPECTED =
  'expected top, a class number, channel:N, LAYER/CHANNEL, LAYER/CHANNEL@ROW,COLUMN, or the label of a class';

/** The class whose label a text is.
 * @throws UsageError where several have it, or none, with the nearest label. */
function byLabel(labels: ClassLabels | undefined, text: string): number | ChannelTarget {
  if (!labels)
    throw new UsageError(
      `--target: ${EXPECTED}, got "${text}". The model has no labels: name their file with --labels.`,
    );
  const numbers = numbersOfLabel(labels, text);
  const [number, another] = numbers;
  const each = labels.of === 'classes' ? 'classes' : 'channels';
  if (another !== undefined)
    throw new UsageError(
      `--target: "${text}" is the label of the ${each} ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)!}. Give the number${labels.of === 'classes' ? '' : ', as in channel:N'}.`,
    );
  if (number !== undefined) return labels.of === 'classes' ? number : { channel: number };
  const near = suggestion(text, labels.names);
  throw new UsageError(
    `--target: ${EXPECTED}, got "${text}", which is no label${near.startsWith('Known') ? ` of the ${labels.names.length}.` : `. ${near}`}`,
  );
}

/** What a target that was typed means for a model.
 * @throws UsageError for a label that no class has, or several have, and for a text that is a label and a neuron. */
export function resolveTarget(
  { text, target }: TypedTarget,
  { labels, network }: Pick<OpenedModel, 'labels' | 'network'>,
): ResolvedTarget {
  if (target === undefined) return byLabel(labels, text);
  if (typeof target !== 'object' || !('layer' in target)) return target;
  if (!labels?.names.includes(text)) return target;
  if (!network.layers.some(({ name }) => name === target.layer)) return byLabel(labels, text);
  throw new UsageError(
    `--target: "${text}" is the label of class ${labels.names.indexOf(text)}, and a neuron of layer "${target.layer}". Give the class by its number, or the neuron by its position (@).`,
  );
}

/** The class that was typed.
 * @throws UsageError for whatever is no class. */
export function resolveClass(typed: TypedTarget, model: OpenedModel): number {
  const target = resolveTarget(typed, model);
  if (typeof target === 'number') return target;
  throw new UsageError(`--target: expected a class, by its number or label, got "${typed.text}".`);
}
