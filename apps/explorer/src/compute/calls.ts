import { explain } from './calls/explain.js';
import { fit, fittedFile, interruptedFit, mergeFile, pauseFit, stopFit } from './calls/fit.js';
import { layerDetails } from './calls/layer-details.js';
import { quality } from './calls/quality.js';
import { openBackend } from './calls/open-backend.js';
import { openModel } from './calls/open-model.js';
import { predict } from './calls/predict.js';
import { supplySamples } from './calls/sample-supply.js';
import { usePatterns } from './calls/use-patterns.js';
import type { CallContext } from './call-context.js';
import type { Session } from './session.js';

/** Everything that a worker can be asked for. What few people need is loaded when it is asked for, by `import()` in a function of its own. */
export const CALLS = {
  ...{ openBackend, openModel, usePatterns, explain, predict, supplySamples },
  ...{ fit, pauseFit, stopFit, interruptedFit, fittedFile, mergeFile },
  ...{ layerDetails, quality },
};

type Calls = typeof CALLS;
export type CallName = keyof Calls;

/** What a call takes, and what it gives. */
export type Given<Name extends CallName> = Parameters<Calls[Name]>[1];
export type Gives<Name extends CallName> = Awaited<ReturnType<Calls[Name]>>;

/** A call as the worker makes it: its name comes from the page. */
export type AnyCall = (session: Session, given: unknown, context: CallContext) => Promise<unknown>;
