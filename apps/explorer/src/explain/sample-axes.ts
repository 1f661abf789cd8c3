import type { InputAxes } from '@patternlens/core/network';

/** The axes of an input as samples come here: the batch first, wherever the model has it. */
export function sampleAxes({ batch, channels, spatial, names }: InputAxes): InputAxes {
  const moved = (axis: number): number => (axis < batch ? axis + 1 : axis);
  return {
    batch: 0,
    channels: channels === undefined ? undefined : moved(channels),
    spatial: spatial.map(moved),
    names: [names[batch]!, ...names.filter((_, axis) => axis !== batch)],
  };
}
