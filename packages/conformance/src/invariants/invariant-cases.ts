import type { ConformanceCase } from '../conformance-case.js';
import { batchCases } from './batch-cases.js';
import { dataCases } from './data-cases.js';
import { runCases } from './run-cases.js';
import { truthCases } from './truth-cases.js';

/** Cases about what holds of every correct backend, whatever the program. */
export const invariantCases: readonly ConformanceCase[] = [
  ...batchCases,
  ...runCases,
  ...dataCases,
  ...truthCases,
];
