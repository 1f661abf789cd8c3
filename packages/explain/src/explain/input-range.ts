import type {
  MethodDefinition,
  NetworkInput,
  ResolvedNetwork,
  ParameterValue,
} from '@patternlens/core';
import { inputLayout, pixelRange } from '@patternlens/data';
import type { JoinedInputs } from '../sources/joined-inputs.js';
import type { ReadyModel } from '../models/open-model.js';

/** What a network's inputs lie between: one number, or one a channel. */
export interface InputRange {
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
}

const asOne = (values: readonly number[]): number | readonly number[] =>
  values.every((value) => value === values[0]) ? values[0]! : values;

/** What pixels can become by the preprocessing, where all samples are images; undefined where that is not known. */
export function inputRange(
  { network }: Pick<ReadyModel, 'network'>,
  { samples, preprocessing }: Pick<JoinedInputs, 'samples' | 'preprocessing'>,
): InputRange | undefined {
  const [input, another] = network.inputs;
  const pixels = samples.every(({ sources }) =>
    [...sources.values()].every((source) => source.preprocessing !== undefined),
  );
  if (another || !pixels) return undefined;
  const channels = channelsOf(network, input!);
  if (channels === undefined) return undefined;
  const { low, high } = pixelRange(preprocessing.get(input!.name)!.values, channels);
  const range = { low: asOne(low), high: asOne(high) };
  // Of a flat input no axis is the channels'.
  const flat = input!.shape.length === 2;
  return flat && (typeof range.low === 'object' || typeof range.high === 'object')
    ? undefined
    : range;
}

/** The channels of an input that takes images. */
function channelsOf({ axes }: ResolvedNetwork, { name, shape }: NetworkInput): 1 | 3 | undefined {
  try {
    return inputLayout(name, shape, { axes: axes.get(name) }).channels;
  } catch {
    return undefined;
  }
}

/** Whether a method asks for bounds, as it always does or as it was typed. */
function asksForBounds(
  { parameters }: MethodDefinition,
  given: Readonly<Record<string, ParameterValue>>,
): boolean {
  if (!parameters['low'] || !parameters['high']) return false;
  if (given['low'] !== undefined || given['high'] !== undefined) return false;
  return parameters['low'].required === true || given['input'] === 'box';
}

/** Parameters with the bounds that the samples tell, where a method needs some and has none; else the parameters themselves. */
export function withRange(
  definition: MethodDefinition,
  given: Readonly<Record<string, ParameterValue>>,
  range: InputRange | undefined,
): Readonly<Record<string, ParameterValue>> {
  return range !== undefined && asksForBounds(definition, given)
    ? { ...given, low: range.low, high: range.high }
    : given;
}
