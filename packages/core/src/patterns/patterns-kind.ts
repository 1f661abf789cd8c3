import { expects } from '../arguments/argument-kind.js';

/** What fitted patterns are, as an argument. */
export const PATTERNS = expects.having(
  'fitted patterns',
  ['fingerprint', 'layers', 'samples'],
  'Fit them with await fitPatterns(network, samples, { backend }), or read them with await readPatterns(source).',
);
