import { operators } from './ops/operators.js';
import { QUANTISED_OPERATORS } from './quantised/quantised-operators.js';

/** The names of all operators that are understood; of two of them the walk over the graph takes care itself. */
export const SUPPORTED_OPERATORS: readonly string[] = [
  ...new Set([
    ...Object.keys(operators.operations),
    ...Object.keys(operators.folders),
    ...QUANTISED_OPERATORS,
    'Constant',
    'If',
  ]),
].sort();
