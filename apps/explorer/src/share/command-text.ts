import type { ModelFiles } from '../compute/model-files.js';
import { parseTarget } from '../explain/target.js';
import type { App } from '../state/app.js';
import type { SamplePlace } from '../state/samples.js';
import { runnableMethods, usedPatterns } from './exported.js';

/** Backends that the command runs too, by the same name. The others compute in browsers only: the command takes its own. */
const IN_NODE: readonly string[] = [
  ...['reference', 'onnx:wasm', 'tfjs:cpu', 'tfjs:wasm', 'gpujs:cpu', 'gpujs:wasm'],
];

/** A word of a command line, quoted where the shell would take it apart. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A file's name that can't be taken for an option. */
export const asFile = (name: string): string => (name.startsWith('-') ? `./${name}` : name);

/** Whether a source is generated data. */
export const isGenerated = (source: string): boolean => /^generated(:|$)/.test(source);

/** The generated sample at a place: the seed, and the sample's number behind it. */
export function generatedPlace({ set, index }: SamplePlace): { seed: number; first: number } {
  const setting = (name: string, otherwise: number): number =>
    Number(new RegExp(`[:,]${name}=(\\d+)`).exec(set.source)?.[1] ?? otherwise);
  return { seed: setting('seed', 7), first: setting('first', 0) + index };
}

/** The sample as the command takes it. A source of several is read up to the sample, which is the last that is explained. */
function sourceWords(place: SamplePlace, inputs: readonly string[]): string[] {
  const { set, index } = place;
  if (isGenerated(set.source)) {
    const { seed, first } = generatedPlace(place);
    return [`generated:seed=${seed}${first === 0 ? '' : `,first=${first}`}`, '--limit', '1'];
  }
  const limit = set.single ? [] : ['--limit', String(index + 1)];
  if (inputs.length === 1) return [asFile(set.source), ...limit];
  const sources = set.sourcesByInput ?? {};
  return [
    ...inputs.flatMap((name) => ['--input', `${name}=${sources[name] ?? set.source}`]),
    ...limit,
  ];
}

/** What is explained, in words that need no file of labels. */
function targetWords({ state }: App): string[] {
  const text = state.target.value;
  const labels = state.model.value?.labels;
  const target = parseTarget(text, labels);
  return text === 'top' ? [] : ['--target', typeof target === 'number' ? String(target) : text];
}

/** Free axes as the command takes them: `data=3,48,192`. */
const shapeWords = (shapes: ModelFiles['shapes'] = {}): string[] =>
  Object.entries(shapes).flatMap(([name, sizes]) => ['--shape', `${name}=${sizes.join(',')}`]);

/** The `patternlens explain` line that gives the numbers on the screen, given the same files in the working folder. */
export function commandText(app: App): string {
  const { state } = app;
  const model = state.model.value;
  const place = state.place.value;
  if (!model || !place) return '';
  const { files, facts } = model;
  const inputs = facts.inputs.map(({ name }) => name);
  const methods = runnableMethods(app).map(({ text }) => text);
  const preprocessing = place.set.preprocessing?.name ?? 'none';
  const backend = state.backend.value;
  const patterns = usedPatterns(app);
  return [
    ...['patternlens', 'explain', asFile(files.path), ...sourceWords(place, inputs)],
    ...['--method', methods.join(',')],
    ...(patterns === undefined ? [] : ['--patterns', asFile(patterns)]),
    ...(preprocessing === 'none' ? [] : ['--preprocess', asFile(preprocessing)]),
    ...targetWords(app),
    ...(files.output === undefined ? [] : ['--output', files.output]),
    ...shapeWords(files.shapes),
    ...(IN_NODE.includes(backend) ? ['--backend', backend] : []),
    ...['--out', 'explained'],
  ]
    .map(quoted)
    .join(' ');
}

/** The files that the command reads from the working folder. */
export function commandFiles(app: App): readonly string[] {
  const { state } = app;
  const model = state.model.value;
  const set = state.place.value?.set;
  if (!model || !set) return [];
  const preprocessing = set.preprocessing?.name ?? 'none';
  const patterns = usedPatterns(app);
  return [
    ...(model.files.path === 'default' ? [] : model.files.files.map(({ path }) => path)),
    ...(isGenerated(set.source) ? [] : Object.values(set.sourcesByInput ?? { only: set.source })),
    ...(patterns === undefined ? [] : [patterns]),
    ...(preprocessing.endsWith('.json') ? [preprocessing] : []),
  ];
}
