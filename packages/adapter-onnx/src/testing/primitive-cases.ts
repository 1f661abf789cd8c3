import { blockedCases } from './primitives/blocked-cases.js';
import { convolutionCases } from './primitives/convolution-cases.js';
import { elementwiseCases } from './primitives/elementwise-cases.js';
import { layoutCases } from './primitives/layout-cases.js';
import { poolCases } from './primitives/pool-cases.js';
import type { PrimitiveCase } from './primitives/primitive-case.js';

/** Every primitive, with strides, pads, dilations, groups, ranks, ties and broadcasts that have gone wrong somewhere. */
export const primitiveCases: readonly PrimitiveCase[] = [
  ...elementwiseCases(),
  ...layoutCases(),
  ...convolutionCases(),
  ...poolCases(),
  ...blockedCases(),
];
