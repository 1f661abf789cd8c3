import type { MethodFacts, ModelFacts } from '../compute/model-facts.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { MethodResult } from '../state/method-result.js';

/** From so many milliseconds on a person is asked first. */
export const LONG = 10_000;

const numberOf = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isFinite(number) ? number : undefined;
};

/** Windows along an axis of so many values: unless it is said otherwise, an eighth of the longest axis wide, and half of that apart. */
function windowsOf(
  sizes: readonly number[],
  { patch, stride }: ChosenMethod['parameters'],
): number {
  const wide = numberOf(patch) ?? Math.ceil(Math.max(1, ...sizes) / 8);
  const step = numberOf(stride) ?? Math.ceil(wide / 2);
  return sizes.reduce(
    (product, size) => product * (Math.max(0, Math.ceil((size - wide) / step)) + 1),
    1,
  );
}

/** Runs of a program that a method takes: 1, unless it is made of many. Undefined where it finds that out itself. */
export function stepsOf(
  { parameters }: ChosenMethod,
  { id, isDriver, parameters: specs }: MethodFacts,
  { inputs }: Pick<ModelFacts, 'inputs'>,
): number | undefined {
  if (!isDriver) return 1;
  if (id === 'occlusion') {
    const [first] = inputs;
    const sizes = (first?.axes.spatial ?? []).map((axis) => Number(first!.shape[axis]) || 1);
    return windowsOf(sizes, parameters);
  }
  for (const name of ['steps', 'samples'])
    if (specs[name]) return numberOf(parameters[name] ?? specs[name].default);
  return undefined;
}

/** Milliseconds that a method of many programs will take, from what one program took; undefined where nothing was measured yet. */
export function expectedTime(
  method: ChosenMethod,
  facts: MethodFacts,
  model: Pick<ModelFacts, 'inputs' | 'methods'>,
  results: ReadonlyMap<string, MethodResult>,
): number | undefined {
  const steps = stepsOf(method, facts, model);
  const isDriver = (text: string): boolean =>
    model.methods.find(({ id }) => id === text.split(':', 1)[0])?.isDriver ?? false;
  const measured = [...results]
    .filter(([text, { ms, status }]) => status === 'done' && ms !== undefined && !isDriver(text))
    .map(([, { ms }]) => ms!);
  if (steps === undefined || measured.length === 0) return undefined;
  return steps * Math.min(...measured);
}

/** What is said of a method that would take so many milliseconds. */
export const longSentence = (ms: number): string =>
  `About ${ms < 90_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`} on this backend. Run anyway, or take Gradient.`;
