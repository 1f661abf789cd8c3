import type { ChosenMethod } from '../state/chosen-method.js';

/** A method as functions take it: its id, or with parameters, which are numbers where they look so. */
export function methodChoice({ id, parameters }: ChosenMethod): unknown {
  const given = Object.entries(parameters);
  if (given.length === 0) return id;
  const valueOf = (value: string): unknown =>
    value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  return { id, ...Object.fromEntries(given.map(([name, value]) => [name, valueOf(value)])) };
}
