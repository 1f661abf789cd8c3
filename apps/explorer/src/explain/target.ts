import type { Explanation, Target } from '@patternlens/core';
import type { ModelFacts } from '../compute/model-facts.js';
import type { OpenedModel } from '../state/app-state.js';

const NEURON = /^(.+)\/(\d+)(?:@(\d+(?:,\d+)*))?$/;

/** What `--target` of the command takes, as the core takes it: `top`, `3`, `channel:2`, `conv1/3`, `conv1/3@0,4`, or a label. Undefined for anything else. */
export function parseTarget(
  text: string,
  labels: readonly string[] | undefined,
): Target | undefined {
  if (text === 'top') return 'top';
  if (/^\d+$/.test(text)) return Number(text);
  const label = labels?.indexOf(text) ?? -1;
  if (label >= 0) return label;
  const channel = /^channel:(\d+)$/.exec(text);
  if (channel) return { channel: Number(channel[1]) };
  const neuron = NEURON.exec(text);
  if (!neuron) return undefined;
  const [, layer, number, position] = neuron;
  return {
    layer: layer!,
    channel: Number(number),
    position: position === undefined ? 'max' : position.split(',').map(Number),
  };
}

/** What is wrong with a target of a model, in a sentence. */
export interface WrongTarget {
  readonly problem: string;
}

/** Outputs of a sample, where the shape says it. */
export const outputsOf = ({ outputShape }: Pick<ModelFacts, 'outputShape'>): number =>
  outputShape.slice(1).reduce<number>((product, size) => product * Number(size), 1);

/** A target of this model, or why there is none of that name. */
export function readTarget(
  text: string,
  { facts, labels }: Pick<OpenedModel, 'facts' | 'labels'>,
): Target | WrongTarget {
  const target = parseTarget(text, labels);
  if (target === undefined)
    return {
      problem: `“${text}” is no class of this model. Write a class, its number, channel:N, or a neuron: conv1/3@0,4.`,
    };
  const outputs = outputsOf(facts);
  if (typeof target === 'number' && target >= outputs)
    return { problem: `There is no class ${target}: there are ${outputs}, 0 to ${outputs - 1}.` };
  if (typeof target !== 'object' || !('channel' in target)) return target;
  return placeProblem(target, facts) ?? target;
}

const range = (what: string, index: number, size: number): WrongTarget => ({
  problem: `There is no ${what} ${index}: there are ${size}, 0 to ${size - 1}.`,
});

/** What is wrong with a channel of the output, or with a neuron of a layer: its channel, or an index of its place. */
function placeProblem(
  target: Exclude<Target, 'top' | number | readonly number[]>,
  facts: Pick<ModelFacts, 'outputShape' | 'layers' | 'channelAxes'>,
): WrongTarget | undefined {
  const layer = 'layer' in target ? target.layer : undefined;
  const report = facts.layers.find(({ name }) => name === layer);
  if (layer !== undefined && !report)
    return { problem: `There is no layer “${layer}” in this model. The Layers view lists them.` };
  const shape = report?.outputShape ?? facts.outputShape;
  const axis =
    layer === undefined ? facts.channelAxes.output : (facts.channelAxes.layers[layer] ?? 1);
  const channels = Number(shape[axis]);
  if (target.channel >= channels)
    return range(layer === undefined ? 'channel' : `channel of ${layer}`, target.channel, channels);
  const position = 'position' in target ? target.position : undefined;
  if (typeof position !== 'object') return undefined;
  const sizes = shape.filter((_, at) => at > 0 && at !== axis).map(Number);
  if (position.length !== sizes.length)
    return {
      problem: `A neuron of ${layer} has ${sizes.length} ${sizes.length === 1 ? 'index' : 'indices'} behind its channel, not ${position.length}.`,
    };
  const wrong = position.findIndex((index, at) => index >= sizes[at]!);
  return wrong < 0 ? undefined : range(`place of ${layer} at`, position[wrong]!, sizes[wrong]!);
}

/** What was explained, as `--target` takes it. */
export function targetText(target: Explanation['targets'][number]): string {
  if (typeof target === 'number') return String(target);
  if (!('layer' in target)) return `channel:${target.channel}`;
  const { layer, channel, position } = target;
  return `${layer}/${channel}${position.length === 0 ? '' : `@${position.join(',')}`}`;
}

/** The name of a class: its label where there is one. */
export const className = ({ labels }: Pick<OpenedModel, 'labels'>, index: number): string =>
  labels?.[index] ?? `class ${index}`;
