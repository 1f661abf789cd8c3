import { createExplainer, type Network } from '@patternlens/core';
import { strongestActivations, type ChannelActivations } from '@patternlens/core/neurons';
import { preprocessingEntry } from '@patternlens/explain/node';
import type { ChannelChoice } from '../arguments/parse-channels.js';
import { asChoice } from '../arguments/parse-methods.js';
import { ArrayWriter } from '../explain/array-writer.js';
import type { ActivationsDocument, ChannelEntry } from './activations-document.js';
import type { ActivationsRun } from './activations-run.js';
import { drawPage } from './draw-page.js';
import { ActivationsProjector, type ProjectedChannel } from './project-activations.js';

/** Pictures are drawn page by page, so that only one page of projections is held. */
const PER_PAGE = 24;

function chosen(
  all: readonly ChannelActivations[],
  choice: ChannelChoice,
): readonly ChannelActivations[] {
  if (choice.kind === 'listed') return choice.channels.map((channel) => all[channel]!);
  if (choice.kind === 'all') return all;
  const largest = ({ strongest }: ChannelActivations): number => strongest[0]?.value ?? 0;
  return all
    .filter(({ strongest }) => strongest.length > 0)
    .sort((a, b) => largest(b) - largest(a) || a.channel - b.channel)
    .slice(0, choice.count);
}

/** The file of all projections, one row each. */
const ARRAY = 'activations.npy';

/** What was projected, page by page. */
interface Projected {
  readonly entries: readonly ChannelEntry[];
  readonly pages: readonly string[];
}

async function projectAll(
  run: ActivationsRun,
  maps: readonly ChannelActivations[],
  rows: number,
): Promise<Projected> {
  const { model, backend, method, patterns, start, staging, signal } = run;
  const [input] = model.network.inputs as [Network['inputs'][number]];
  const shape = input.shape.slice(1) as number[];
  await using array =
    rows === 0 ? undefined : await ArrayWriter.start(staging.path(ARRAY), rows, shape);
  await using explainer = await createExplainer(model.network, {
    backend,
    method: asChoice(method),
    patterns,
    start,
  });
  const projector = new ActivationsProjector(run, explainer, array);
  const entries: ChannelEntry[] = [];
  const pages: string[] = [];
  for (let from = 0; from < maps.length; from += PER_PAGE) {
    const page: ProjectedChannel[] = [];
    for (const map of maps.slice(from, from + PER_PAGE)) {
      signal.throwIfAborted();
      page.push(await projector.project(map));
      run.onChannels(entries.length + page.length, maps.length);
    }
    entries.push(...page.map(({ entry }) => entry));
    if (run.pictures) pages.push(...(await drawPage(run, page, from / PER_PAGE + 1)));
  }
  return { entries, pages };
}

/** Finds what excites feature maps most, projects it back, and writes arrays and pictures into the staging folder.
 * @returns the document, which is to be written too. */
export async function runActivations(run: ActivationsRun): Promise<ActivationsDocument> {
  const { model, inputs, layer, top, method, backend, batch, signal } = run;
  const all = await strongestActivations(model.network, inputs, {
    backend,
    layer,
    top,
    batch,
    signal,
    onProgress: run.onSamples,
  });
  const maps = chosen(all, run.channels);
  const rows = maps.reduce((total, { strongest }) => total + strongest.length, 0);
  const { entries, pages } = await projectAll(run, maps, rows);
  return {
    model: model.path,
    layer,
    method: method.id,
    parameters: method.parameters,
    start: run.start ?? method.start,
    backend: backend.id,
    preprocessing: preprocessingEntry(inputs),
    samples: inputs.count,
    top,
    channels: entries,
    files: { npy: rows === 0 ? null : ARRAY, png: pages },
  };
}
