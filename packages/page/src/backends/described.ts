import type { Backend } from '@patternlens/core';
import { halfPrecision } from './explain-failure.js';
import type { BackendFacts, OpenedBackend } from './opened-backend.js';

/** What adapters tell of a backend. */
interface Description extends Omit<BackendFacts, 'runtime'> {
  readonly runtime: { readonly name: string; readonly version?: string };
  readonly adapter?: string;
}

type Described = Backend & { readonly describe: () => Promise<Description> };

/** A backend that is started, with what it says of itself. It is disposed of where it can't start. */
export async function described(backend: Described): Promise<OpenedBackend> {
  try {
    const { adapter, mode, runtime, ...facts } = await backend.describe();
    const named = adapter === undefined ? mode : `${mode ?? ''} on ${adapter}`;
    const note = halfPrecision(facts.precision);
    return {
      backend,
      facts: {
        ...facts,
        runtime: { name: runtime.name, version: runtime.version ?? 'of unknown version' },
        mode: [named, note].filter(Boolean).join('. '),
      },
    };
  } catch (cause) {
    await backend.dispose();
    throw cause;
  }
}
