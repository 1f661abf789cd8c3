import type { Backend, TensorRecord } from '@patternlens/core';
import { compareAll } from '../compare.js';
import type { ConformanceCase } from '../conformance-case.js';
import { primitiveCases as programs } from './primitive-cases.js';
import type { PrimitiveCase } from './primitive-case.js';

/** How near a primitive has to be to its definition: relative L2. */
const LIMIT = 1e-5;

async function valuesOn(
  backend: Backend,
  { program, inputs }: PrimitiveCase,
): Promise<TensorRecord> {
  const executable = await backend.compile(program);
  try {
    return await executable.run(inputs);
  } finally {
    await executable.dispose();
  }
}

/** Every primitive operation, with the strides, pads, dilations, groups, ranks, ties and broadcasts that have gone wrong somewhere. */
export const primitiveCases: readonly ConformanceCase[] = programs.map((entry) => ({
  name: entry.name,
  group: 'primitive',
  subject: entry.subject,
  run: async (backend, reference) =>
    compareAll(entry.name, await valuesOn(backend, entry), await valuesOn(reference, entry), LIMIT),
}));
