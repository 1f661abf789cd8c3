import type {
  Backend,
  Explainer,
  MethodDefinition,
  PatternSet,
  ResolvedNetwork,
} from '@patternlens/core';
import type { GraphicsOwner } from '@patternlens/page';
import { CallFailure } from './call-failure.js';
import type { Supplied } from './calls/supplied.js';

/** A model as a worker holds it. */
export interface HeldModel {
  readonly network: ResolvedNetwork;
  readonly methods: readonly MethodDefinition[];
}

/** A fit as a worker holds it. */
interface FitSession {
  /** The patterns of the last fit, with their moments. */
  fitted: PatternSet | undefined;
  /** While a fit is paused: settles once it goes on. */
  paused: Promise<void> | undefined;
  goOn: (() => void) | undefined;
  /** Ends the fit under way; what it has seen is kept. */
  stop: (() => void) | undefined;
}

/** What a worker keeps between calls: one backend, one model, its patterns, and explainers that are compiled. */
export interface Session {
  backend: Backend | undefined;
  /** The same, whose runs are not counted: those that only check explanations. */
  checking: Backend | undefined;
  /** The backend by its name, also where it could not start. */
  backendId: string;
  /** Owns the contexts and devices that the backend makes. */
  readonly graphics: GraphicsOwner;
  model: HeldModel | undefined;
  patterns: PatternSet | undefined;
  /** Programs that were run so far. */
  runs: number;
  /** What a call waits for from the page, by its token. */
  readonly wanted: Map<number, (supplied: Supplied) => void>;
  readonly fit: FitSession;
  /** By what they were made for; the one that was used last stands last. */
  readonly explainers: Map<string, Promise<Explainer>>;
}

export const createSession = (): Session => ({
  backend: undefined,
  checking: undefined,
  backendId: 'the backend',
  graphics: {},
  model: undefined,
  patterns: undefined,
  runs: 0,
  wanted: new Map(),
  fit: { fitted: undefined, paused: undefined, goOn: undefined, stop: undefined },
  explainers: new Map(),
});

const missing = (what: string): never => {
  throw new CallFailure({
    code: 'failed',
    sentence: `The worker has no ${what} yet.`,
    subject: {},
  });
};

export const backendOf = (session: Session): Backend => session.backend ?? missing('backend');
export const modelOf = (session: Session): HeldModel => session.model ?? missing('model');

/** Frees all explainers: they belong to a model and patterns that are no more. */
export async function dropExplainers({ explainers }: Session): Promise<void> {
  const open = [...explainers.values()];
  explainers.clear();
  for (const made of await Promise.allSettled(open))
    if (made.status === 'fulfilled') await made.value.dispose();
}
