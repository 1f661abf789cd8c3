import { asFile, quoted } from '../share/command-text.js';
import type { App } from '../state/app.js';
import type { FitSource } from './fit-source.js';

/** The `patternlens fit` line that fits the same patterns, given the same files in the working folder. */
export function fitCommand(
  { state }: Pick<App, 'state'>,
  { sets, asked }: Pick<FitSource, 'sets' | 'asked'>,
): string {
  const { files, facts } = state.model.value!;
  const preprocessing = sets.find((set) => set.preprocessing)?.preprocessing?.name ?? 'none';
  return [
    ...['patternlens', 'fit', asFile(files.path)],
    ...['--data', ...sets.map(({ source }) => asFile(source))],
    ...(preprocessing === 'none' ? [] : ['--preprocess', asFile(preprocessing)]),
    ...['--limit', String(asked.count)],
    ...(files.output === undefined ? [] : ['--output', files.output]),
    ...['--out', `${facts.name}.patterns.safetensors`],
  ]
    .map(quoted)
    .join(' ');
}
