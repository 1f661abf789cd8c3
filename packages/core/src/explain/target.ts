import { described } from '../arguments/described.js';
import { suggestion } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { formatShape, type Shape } from '../tensor/shape.js';

/** A neuron of a layer that was explained. */
export interface NeuronTarget {
  readonly layer: string;
  /** Its channel or feature, from 0. */
  readonly channel: number;
  /** Its index along each spatial axis, in order; empty where there are none. */
  readonly position: readonly number[];
}

/** A neuron of the layer that an explainer was made for. */
export interface LayerTarget {
  /** The name of the layer. */
  readonly layer: string;
  /** Its channel or feature, from 0. */
  readonly channel: number;
  /** One index for each other axis of the layer's value, in the order in which the model has them, or the position where the channel is strongest, sample by
   * sample. Default `'max'`. */
  readonly position?: 'max' | readonly number[] | undefined;
}

/** A class of a segmentation or a sequence: one channel of the explained output at all of its positions, whose values are summed. */
export interface ChannelTarget {
  /** The channel, from 0. */
  readonly channel: number;
}

/** What to explain: `'top'`, the largest value of the explained output, sample by sample; an index into the flattened output (a class, from 0) for all samples, or
 * one for each sample; a channel of the output, over all positions; or a neuron of a layer. */
export type Target = 'top' | number | readonly number[] | ChannelTarget | LayerTarget;

export const isLayerTarget = (target: Target | undefined): target is LayerTarget =>
  Object(target) === target && (target as Partial<LayerTarget>).layer !== undefined;

export const isChannelTarget = (target: Target | undefined): target is ChannelTarget =>
  Object(target) === target && 'channel' in (target as object) && !isLayerTarget(target);

/** What a traced program takes for a target. */
export interface TargetInputs {
  readonly target: Float32Array;
  readonly channel: Float32Array;
}

/** Callers without types may pass anything. */
export const isListTarget = (target: unknown): boolean =>
  Array.isArray(target) || ArrayBuffer.isView(target);

function invalid(message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `target: ${message}`);
}

function checkIndex(index: number, size: number, what: string, where = ''): number {
  if (Number.isInteger(index) && index >= 0 && index < size) return index;
  return invalid(`${what} ${index}${where} is out of range. There are ${size}: 0 to ${size - 1}.`);
}

const FIELDS = ['layer', 'channel', 'position'];

/** Checks that what was handed in is a target, before indices are compared with sizes.
 * @throws PatternLensError `invalid-argument` saying what to write. */
export function checkTarget(target: unknown): void {
  if (target === 'top' || typeof target === 'number') return;
  if (typeof target !== 'object' || target === null)
    invalid(
      `expected "top", a class, one class a sample, a channel or a layer's neuron, got ${described(target)}. Write a class as its index, from 0.`,
    );
  if (isListTarget(target)) {
    for (const entry of target as readonly unknown[])
      if (typeof entry !== 'number')
        invalid(`expected one class a sample, each its index from 0, got ${described(entry)}.`);
    return;
  }
  for (const name of Object.keys(target))
    if (!FIELDS.includes(name))
      invalid(`there is no "${name}" in a target. ${suggestion(name, FIELDS)}`);
  const { layer, channel, position = 'max' } = target as Partial<LayerTarget>;
  if (layer !== undefined && typeof layer !== 'string')
    invalid(`expected the name of a layer, got ${described(layer)}.`);
  if (typeof channel !== 'number')
    invalid(
      `expected a channel, its index from 0, got ${described(channel)}. Write { ${layer === undefined ? '' : `layer: "${layer}", `}channel: 0 }.`,
    );
  if (position !== 'max' && !Array.isArray(position))
    invalid(`expected the position "max" or one index an axis, got ${described(position)}.`);
}

/** The numbers that a traced program takes for a target, checked.
 * @param explained The shape that indices are about: of neurons of a layer and of channels, with the channels at axis 1.
 * @throws PatternLensError `invalid-argument` where an index is out of range. */
export function targetInputs(target: Target, batch: number, explained: Shape): TargetInputs {
  const none = (): Float32Array => new Float32Array(batch).fill(-1);
  const size = explained.slice(1).reduce<number>((total, dim) => total * (dim as number), 1);
  if (target === 'top') return { target: none(), channel: none() };
  if (typeof target === 'number')
    return { target: none().fill(checkIndex(target, size, 'class')), channel: none() };
  if (isChannelTarget(target)) {
    const index = checkIndex(target.channel, (explained[1] ?? 1) as number, 'channel');
    return { target: none().fill(index), channel: none() };
  }
  if (!isLayerTarget(target)) {
    if (!isListTarget(target))
      invalid(
        `expected "top", a class, one class a sample, a channel or a layer's neuron, got "${String(target)}".`,
      );
    if (target.length !== batch)
      invalid(`there are ${target.length} classes for ${batch} samples.`);
    return {
      target: Float32Array.from(target, (index) => checkIndex(index, size, 'class')),
      channel: none(),
    };
  }
  const channel = checkIndex(
    target.channel,
    explained[1] as number,
    'channel',
    ` of layer "${target.layer}"`,
  );
  const { position = 'max' } = target;
  if (position === 'max') return { target: none(), channel: none().fill(channel) };
  const spatial = explained.slice(2) as number[];
  if (typeof position === 'string')
    invalid(`expected the position "max" or one index an axis, got "${String(position)}".`);
  if (position.length !== spatial.length) {
    invalid(
      `a position in layer "${target.layer}" of shape ${formatShape(explained)} has ${spatial.length} indices, got ${position.length}.`,
    );
  }
  const flat = position.reduce(
    (index, place, axis) => index * spatial[axis]! + checkIndex(place, spatial[axis]!, 'position'),
    channel,
  );
  return { target: none().fill(flat), channel: none() };
}

/** What was explained, from the index that a program gives. */
export function targetAt(
  { layer, channels, explainedShape }: ExplainedPart,
  index: number,
): number | ChannelTarget | NeuronTarget {
  if (layer !== undefined) return neuronAt(layer, index, explainedShape);
  return channels ? { channel: index } : index;
}

/** What of a traced method says what its indices mean. */
export interface ExplainedPart {
  readonly layer?: string | undefined;
  readonly channels: boolean;
  readonly explainedShape: Shape;
}

/** The neuron of a layer that a flattened index means. */
function neuronAt(layer: string, index: number, explained: Shape): NeuronTarget {
  const sizes = explained.slice(2) as number[];
  const position: number[] = [];
  let rest = index;
  for (const size of [...sizes].reverse()) {
    position.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return { layer, channel: rest, position };
}
