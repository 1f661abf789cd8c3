import type { CompareAsked, CompareAnswer } from './calls/compare.js';
import type { CompareLayersAsked, ComparedLayers } from './calls/compare-layers.js';
import { explain } from './calls/explain.js';
import { fit, fittedFile, interruptedFit, mergeFile, pauseFit, stopFit } from './calls/fit.js';
import { innerRelevance } from './calls/inner-relevance.js';
import { layerDetails } from './calls/layer-details.js';
import { measureCascade } from './calls/measure-cascade.js';
import { measureDegradation } from './calls/measure-degradation.js';
import { quality } from './calls/quality.js';
import { openBackend } from './calls/open-backend.js';
import { openModel } from './calls/open-model.js';
import { predict } from './calls/predict.js';
import { endServing, serveBackend } from './calls/serve-backend.js';
import type { TimeAsked, TimedMethod } from './calls/time-method.js';
import { describeArray, readClasses, readSample, unpack } from './calls/read-files.js';
import { supplySamples } from './calls/sample-supply.js';
import { usePatterns } from './calls/use-patterns.js';
import { receptiveFields } from './calls/receptive-fields.js';
import { writeExplainer } from './calls/write-explainer.js';
import type { CallContext } from './call-context.js';
import type { Session } from './session.js';

const compare = async (
  session: Session,
  given: CompareAsked,
  context: CallContext,
): Promise<CompareAnswer> => (await import('./calls/compare.js')).compare(session, given, context);

const compareLayers = async (
  session: Session,
  given: CompareLayersAsked,
  context: CallContext,
): Promise<ComparedLayers> =>
  (await import('./calls/compare-layers.js')).compareLayers(session, given, context);

const timeMethod = async (
  session: Session,
  given: TimeAsked,
  context: CallContext,
): Promise<TimedMethod> =>
  (await import('./calls/time-method.js')).timeMethod(session, given, context);

/** Everything that a worker can be asked for. What few people need is loaded when it is asked for, by `import()` in a function of its own. */
export const CALLS = {
  ...{ openBackend, openModel, usePatterns, explain, predict, supplySamples },
  ...{ fit, pauseFit, stopFit, interruptedFit, fittedFile, mergeFile },
  ...{ innerRelevance, layerDetails, quality, measureDegradation, measureCascade },
  ...{ receptiveFields, writeExplainer },
  ...{ serveBackend, endServing, timeMethod, compare, compareLayers },
  ...{ describeArray, readClasses, readSample, unpack },
};

type Calls = typeof CALLS;
export type CallName = keyof Calls;

/** What a call takes, and what it gives. */
export type Given<Name extends CallName> = Parameters<Calls[Name]>[1];
export type Gives<Name extends CallName> = Awaited<ReturnType<Calls[Name]>>;

/** A call as the worker makes it: its name comes from the page. */
export type AnyCall = (session: Session, given: unknown, context: CallContext) => Promise<unknown>;
