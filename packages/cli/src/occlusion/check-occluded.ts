import { type ResolvedNetwork } from '@patternlens/core';
import { layerNamed } from '@patternlens/core/network';
import { inputLayout, type InputLayout } from '@patternlens/data';
import { UsageError } from '../arguments/usage-error.js';
import type { OpenedModel } from '../models/open-model.js';

/** How the image lies that a square is slid over.
 * @throws UsageError for a network that takes anything else. */
export function checkImage({ inputs, axes }: ResolvedNetwork): InputLayout {
  const [input, second] = inputs;
  if (second || input!.shape.length !== 4)
    throw new UsageError(
      `occlusion needs a network of one image; this one takes ${inputs.map(({ name }) => name).join(', ')}.`,
    );
  return inputLayout(input!.name, input!.shape, { axes: axes.get(input!.name) });
}

/** @throws UsageError where the layer has no such feature map, with the range that it has. */
export function checkChannel(
  { network }: OpenedModel,
  layer: string,
  channel: number | undefined,
): void {
  const maps = network.shapes.get(layerNamed(network, layer).output)![1] as number;
  if (channel !== undefined && channel >= maps)
    throw new UsageError(
      `--channel: layer "${layer}" has no feature map ${channel}. It has ${maps}: 0 to ${maps - 1}.`,
    );
}
