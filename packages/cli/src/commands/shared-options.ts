import type { Command } from 'commander';
import { parseInputs, parseShapes } from '../arguments/parse-numbers.js';
import { UsageError } from '../arguments/usage-error.js';
import { openModel, type OpenedModel } from '../models/open-model.js';
import { openPlugins } from '../plugins/open-plugins.js';
import { sampleShapeOf } from '../sources/open-source.js';

/** Options of every command that reads a model. */
export interface ModelFlags {
  readonly shape?: readonly string[];
  readonly preprocess?: string;
  readonly labels?: string;
  readonly plugin?: readonly string[];
}

/** Options of every command that reads samples. */
export interface SourceFlags {
  readonly input?: readonly string[];
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

export function withPlugins(command: Command): Command {
  return command.option(
    '--plugin <NAME>',
    'a plug-in with methods, rules, estimators or layers: a package, or a path (./plugin.js); more than one may be given',
    collect,
  );
}

export function withModel(command: Command): Command {
  return withPlugins(
    command.option('--shape <INPUT=SIZES>', 'bind free axes of an input: data=3,48,192', collect),
  );
}

export function withSources(command: Command): Command {
  return withModel(command)
    .option(
      '--preprocess <FILE.json>',
      'how pixels become inputs (default: MODEL.preprocess.json, where it is there)',
    )
    .option('--input <NAME=SOURCE>', 'the source of one of several inputs', collect);
}

/** Sources by input name, from what was typed: plain sources for a network of one input, `--input` for several. */
export function sourcesByInput(
  model: OpenedModel,
  sources: readonly string[],
  { input = [] }: SourceFlags,
): ReadonlyMap<string, readonly string[]> {
  const names = model.network.inputs.map(({ name }) => name);
  if (input.length === 0) {
    if (sources.length === 0)
      throw new UsageError(
        'there is nothing to read: name a folder of images, image files, an array file, or generated.',
      );
    if (names.length > 1)
      throw new UsageError(
        `the network has ${names.length} inputs (${names.join(', ')}): give each its source with --input NAME=SOURCE.`,
      );
    return new Map([[names[0]!, sources]]);
  }
  if (sources.length > 0)
    throw new UsageError('give either sources or --input NAME=SOURCE, not both.');
  const given = parseInputs(input);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--input: the network has no input "${unknown}". Its inputs: ${names.join(', ')}.`,
    );
  const missing = names.find((name) => given[name] === undefined);
  if (missing !== undefined)
    throw new UsageError(
      `--input: the network's input "${missing}" has no source. Add --input ${missing}=SOURCE.`,
    );
  return new Map(names.map((name) => [name, [given[name]!]]));
}

/** Opens the model that a command was called with; free axes are bound by options, or by the data. */
export async function openModelOf(
  path: string,
  flags: ModelFlags,
  sources: readonly string[],
  inputs: readonly string[] = [],
): Promise<OpenedModel> {
  const named = parseInputs(inputs);
  return openModel(path, {
    shapes: parseShapes(flags.shape ?? []),
    preprocess: flags.preprocess,
    labels: flags.labels,
    plugins: await openPlugins(flags.plugin),
    shapeOfData: async (input) => {
      const source = named[input] ?? sources[0];
      return source === undefined ? undefined : sampleShapeOf(source);
    },
  });
}
