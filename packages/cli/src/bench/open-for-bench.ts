import type { OpenedBackend } from '@patternlens/benchmark';
import type { Backend, TensorRecord } from '@patternlens/core';
import { type BackendId, openBackend } from '@patternlens/explain/node';
import { openPlainModel } from '../backends/open-plain-model.js';
import type { OpenedModel } from '../models/open-model.js';
import { runInGroups } from './run-in-groups.js';

/** What an adapter's backend tells of itself. */
interface Described {
  readonly describe: () => Promise<
    Pick<OpenedBackend['facts'], 'mode' | 'runtime' | 'threads' | 'precision'> & {
      readonly adapter?: string | undefined;
    }
  >;
}

async function factsOf(backend: Backend): Promise<OpenedBackend['facts']> {
  if (!('describe' in backend)) return { precision: 'float64' };
  const { adapter, mode, ...facts } = await (backend as unknown as Described).describe();
  return { ...facts, mode: adapter === undefined ? mode : `${mode ?? ''} on ${adapter}` };
}

/** A backend with what is known of it, and the model file run by its runtime where it can. */
export async function openForBench(
  id: BackendId | undefined,
  model: OpenedModel,
): Promise<OpenedBackend> {
  const backend = await openBackend(id);
  try {
    const plain = await openPlainModel(model, backend.id);
    const run = (inputs: TensorRecord) => runInGroups(model.network, plain!, inputs);
    return {
      backend,
      facts: await factsOf(backend),
      forward: plain && { forwardOf: 'model file', run, dispose: plain.dispose },
    };
  } catch (cause) {
    await backend.dispose();
    throw cause;
  }
}
