import { chooseMethod, createExplainer, type Explanation } from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import type { InputAxes } from '@patternlens/core/network';
import type { Plane } from '@patternlens/heatmap';
import type { CallContext } from '../call-context.js';
import { planeOf } from '../plane-of.js';
import { backendOf, modelOf, type Session } from '../session.js';
import type { ExplainAsked } from './explain.js';

export interface TimeAsked extends ExplainAsked {
  /** Warm runs at most; none is made where the first took longer than `patience`. */
  readonly most: number;
}

/** A method as a backend runs it for the first time, and again. Times are milliseconds. */
export interface TimedMethod {
  readonly explanation: Explanation;
  /** True to its exponent, as a map of the first input. */
  readonly map: Plane;
  /** Tracing, compiling and the first run. */
  readonly cold: number;
  /** Single runs; of a slow method the first one. */
  readonly method: readonly number[];
  /** The plain forward pass, in turns with them. */
  readonly forward: readonly number[];
}

/** A first run that takes longer than this is the only one. */
const PATIENCE = 2000;
/** Time for warm runs. */
const BUDGET = 400;

async function timed<T>(run: () => Promise<T>): Promise<[milliseconds: number, value: T]> {
  const begin = performance.now();
  const value = await run();
  return [performance.now() - begin, value];
}

function mapOf({ relevance, exponents }: Explanation, axes: InputAxes): Plane {
  const power = 2 ** exponents[0]!;
  const { data, shape } = relevance;
  return planeOf({ shape, data: Float64Array.from(data, (value) => value * power) }, axes);
}

/** Explains one sample as if for the first time, and times it.
 * @throws PatternLensError as `createExplainer` and `explain` do. */
export async function timeMethod(
  session: Session,
  { method, parameters, inputs, target, internalBatch, most }: TimeAsked,
  { signal, progress }: CallContext,
): Promise<TimedMethod> {
  const backend = backendOf(session);
  const { network } = modelOf(session);
  const { patterns } = session;
  const [made, explainer] = await timed(() =>
    createExplainer(network, {
      backend,
      method: chooseMethod(method, parameters),
      patterns,
      internalBatch,
    }),
  );
  const explain = (): Promise<Explanation> =>
    explainer.explain(inputs, { target, signal, samplesFirst: true, onProgress: progress });
  const forward = await backend.compile(forwardProgram(network));
  const pass = () => forward.run(inputs);
  try {
    const [first, explanation] = await timed(explain);
    // The first pass is as cold as the first explanation, and is not counted.
    await pass();
    const times = { forward: [] as number[], method: [] as number[] };
    const begin = performance.now();
    for (let run = 0; run < most && first < PATIENCE; run++) {
      if (run > 0 && performance.now() - begin > BUDGET) break;
      times.forward.push((await timed(pass))[0]);
      times.method.push((await timed(explain))[0]);
    }
    if (times.method.length === 0) {
      times.forward.push((await timed(pass))[0]);
      times.method.push(first);
    }
    const map = mapOf(explanation, network.axes.get(network.inputs[0]!.name)!);
    return { explanation, map, cold: made + first, ...times };
  } finally {
    await explainer.dispose();
    await forward.dispose();
  }
}
