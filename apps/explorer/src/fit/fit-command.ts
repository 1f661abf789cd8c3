import { quoted } from '../share/command-text.js';
import type { App } from '../state/app.js';

/** The `patternlens fit` line that fits the same patterns. */
export function fitCommand({ state }: App, source: string, samples: number): string {
  const model = state.model.value!;
  const isGenerated = source.startsWith('generated');
  return [
    ...['patternlens', 'fit', model.files.path],
    ...['--data', ...(isGenerated ? [source] : source.split(', '))],
    ...['--limit', String(samples)],
    ...(model.files.output === undefined ? [] : ['--output', model.files.output]),
    ...['--out', `${model.facts.name}.patterns.safetensors`],
  ]
    .map(quoted)
    .join(' ');
}
