/** The last thing that was begun with each runtime. */
const last = new WeakMap<object, Promise<unknown>>();

/** Begins something when all that was begun with the same runtime before has ended: on WebGPU a runtime breaks down where it does two things at once. */
export function oneAtATime<T>(runtime: object, begin: () => Promise<T>): Promise<T> {
  const before = last.get(runtime) ?? Promise.resolve();
  const turn = before.then(begin, begin);
  last.set(runtime, turn);
  return turn;
}

/** Does something with a runtime, now or when its turn has come. */
export type InTurn = <T>(begin: () => Promise<T>) => Promise<T>;
