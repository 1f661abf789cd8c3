import { knownArithmetic } from './arithmetic.js';
import * as layout from './layout.js';
import * as shapes from './shapes.js';

/** What can be computed while a file is read: folders of arithmetic, and functions of a node, its known values and its arguments. */
export const known = { ...knownArithmetic, ...layout, ...shapes } as const;
