import { blockedCases } from './blocked-cases.js';
import { convolutionCases } from './convolution-cases.js';
import { elementwiseCases } from './elementwise-cases.js';
import { layoutCases } from './layout-cases.js';
import { poolCases } from './pool-cases.js';
import type { PrimitiveCase } from './primitive-case.js';

/** Every primitive, with strides, pads, dilations, groups, ranks, ties and broadcasts that have gone wrong somewhere. */
export const primitiveCases: readonly PrimitiveCase[] = [
  ...elementwiseCases(),
  ...layoutCases(),
  ...convolutionCases(),
  ...poolCases(),
  ...blockedCases(),
];
