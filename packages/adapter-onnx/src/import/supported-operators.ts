import { supportedBy, type Supported } from '@patternlens/importing';
import { operators } from './ops/operators.js';
import { QUANTISED_OPERATORS } from './quantised/quantised-operators.js';

/** The names of all operators that are understood; of two of them the walk over the graph takes care itself. */
export const SUPPORTED_OPERATORS: Required<Supported> = supportedBy(operators, {
  computed: [...QUANTISED_OPERATORS, 'If'],
  folded: ['Constant'],
});
