import type { App } from '../state/app.js';

/** A word of a command line, quoted where the shell would take it apart. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The `patternlens explain` line that gives the numbers on the screen, given the same files in the working folder. */
export function commandText({ state }: App): string {
  const model = state.model.value;
  const place = state.place.value;
  if (!model || !place) return '';
  const { set, index } = place;
  const methods = state.methods.value.map(({ text }) => text);
  const patterns = state.patterns.value;
  const needsPatterns = state.methods.value.some(
    ({ id }) => model.facts.methods.find((method) => method.id === id)?.needsPatterns,
  );
  const source = set.source.startsWith('generated')
    ? [
        set.source.replace(/,first=\d+/, '') + `,first=${index + firstOf(set.source)}`,
        '--limit',
        '1',
      ]
    : [set.source];
  return [
    ...['patternlens', 'explain', model.files.path, ...source],
    ...['--method', methods.join(',')],
    ...(needsPatterns && patterns
      ? ['--patterns', `${model.facts.name}.patterns.safetensors`]
      : []),
    ...(state.target.value === 'top' ? [] : ['--target', state.target.value]),
    ...(model.files.output === undefined ? [] : ['--output', model.files.output]),
    ...['--out', 'explained'],
  ]
    .map(quoted)
    .join(' ');
}

const firstOf = (source: string): number => Number(/first=(\d+)/.exec(source)?.[1] ?? 0);
