import type { Backend, Tensor } from '@patternlens/core';
import { compare } from '../compare.js';
import type { ConformanceCase } from '../conformance-case.js';
import { primitiveCases as programs } from './primitive-cases.js';
import type { PrimitiveCase } from './primitive-case.js';

/** How near a primitive has to be to its definition: relative L2. */
const LIMIT = 1e-5;

async function valueOn(backend: Backend, { program, inputs }: PrimitiveCase): Promise<Tensor> {
  const executable = await backend.compile(program);
  try {
    return (await executable.run(inputs))['y']!;
  } finally {
    await executable.dispose();
  }
}

/** Every primitive operation, with the strides, pads, dilations, groups, ranks, ties and broadcasts that have gone wrong somewhere. */
export const primitiveCases: readonly ConformanceCase[] = programs.map((own) => ({
  name: own.name,
  group: 'primitive',
  subject: own.subject,
  run: async (backend, reference) =>
    compare(own.name, await valueOn(backend, own), await valueOn(reference, own), LIMIT),
}));
