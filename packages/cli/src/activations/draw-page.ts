import { type Network } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import { pageToSvg, picturedAxes, renderActivations } from '@patternlens/heatmap';
import { imagesPreprocessing, preprocessingNote } from '@patternlens/explain/node';
import { capitalised } from '../output/capitalised.js';
import { counted } from '../output/counted.js';
import type { ChannelEntry } from './activations-document.js';
import type { ActivationsRun } from './activations-run.js';
import type { ProjectedChannel } from './project-activations.js';

function noteOf({ strongest }: ChannelEntry, top: number): string {
  if (strongest.length === 0) return 'no sample excites it';
  const [first, last] = [strongest[0]!, strongest.at(-1)!].map(({ value }) => value.toPrecision(3));
  const values = strongest.length === 1 ? `value ${first!}` : `values ${first!} to ${last!}`;
  return strongest.length < top
    ? `${values}; ${counted(strongest.length, 'sample')} of ${top} excite it`
    : values;
}

/** What of an input is shown: images are cropped, everything else is whole. */
function partsShown({ spatial, channels, names }: InputAxes): string {
  if (spatial.length === 2)
    return 'Both are cropped to the receptive field, and blank beyond the border.';
  if (spatial.length === 3) return 'Both are shown whole, slice by slice.';
  const [place] = spatial;
  if (place === undefined) return 'Both are shown whole, feature by feature.';
  return spatial.length === 1
    ? `Both are shown whole: ${channels === undefined ? '' : 'rows are channels, '}columns are ${names[place]!}.`
    : 'Both are shown whole, value by value.';
}

/** A page of feature maps as PNG and SVG; the names of its pictures. Nothing where no sample excites any of them. */
export async function drawPage(
  { model, layer, inputs, top, staging }: ActivationsRun,
  page: readonly ProjectedChannel[],
  number: number,
): Promise<string[]> {
  const recipe = page.find((channel) => channel.recipe)?.recipe;
  if (!recipe) return [];
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const renderer = await nodeRenderer();
  const [{ name }] = model.network.inputs as [Network['inputs'][number]];
  const axes = model.network.axes.get(name)!;
  const used = imagesPreprocessing(inputs);
  const { png, page: drawn } = renderActivations(renderer, {
    title: `What excites the feature maps of ${layer}`,
    caption: `For each: the ${top === 1 ? 'strongest activation' : `${top} strongest activations, by rows,`} over ${counted(inputs.count, 'sample')}, projected back to the input; beside it the input itself. ${partsShown(axes)}${used ? ` ${capitalised(preprocessingNote(used))}.` : ''}`,
    layer,
    ...picturedAxes(axes),
    recipe,
    top,
    groups: page.map(({ entry, patches }) => ({
      channel: entry.channel,
      note: noteOf(entry, top),
      patches,
    })),
  });
  const stem = number === 1 ? 'activations' : `activations-${number}`;
  await staging.write(`${stem}.png`, png);
  await staging.write(`${stem}.svg`, pageToSvg(drawn, renderer.family));
  return [`${stem}.png`];
}
