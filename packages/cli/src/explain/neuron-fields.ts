import type { Range } from '@patternlens/core/neurons';
import type { Fields } from '@patternlens/explain/node';
import type { SampleEntry } from './explained-samples.js';

const pairs = (field: readonly Range[]) => field.map(({ from, to }) => [from, to] as const);

/** Ranges `[from, to)` an axis of the input; by input name where there are several. */
export function listed(fields: Fields, single: boolean): SampleEntry['receptiveField'] {
  const byInput = [...fields].map(([name, field]) => [name, pairs(field)] as const);
  return single ? (byInput[0]?.[1] ?? []) : Object.fromEntries(byInput);
}
