import { blockedCases } from './blocked-cases.js';
import { broadcastCases } from './broadcast-cases.js';
import { convolutionCases } from './convolution-cases.js';
import { elementwiseCases } from './elementwise-cases.js';
import { layoutCases } from './layout-cases.js';
import { poolCases } from './pool-cases.js';
import type { PrimitiveCase } from './primitive-case.js';
import { rearrangingCases } from './rearranging-cases.js';
import { reductionCases } from './reduction-cases.js';
import { specialValueCases } from './special-value-cases.js';

/** Every primitive, with strides, pads, dilations, groups, ranks, ties and broadcasts that have gone wrong somewhere. */
export const primitiveCases: readonly PrimitiveCase[] = [
  ...elementwiseCases(),
  ...specialValueCases(),
  ...broadcastCases(),
  ...layoutCases(),
  ...rearrangingCases(),
  ...reductionCases(),
  ...convolutionCases(),
  ...poolCases(),
  ...blockedCases(),
];
