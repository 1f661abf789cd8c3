/** A backend that does not do what a case says. */
export class Disagreement extends Error {
  /** The case. */
  readonly case: string;
  /** The relative L2 distance, where that is what is too large. */
  readonly distance: number | undefined;

  constructor(name: string, message: string, distance?: number, cause?: unknown) {
    super(`${name}: ${message}`, { cause });
    this.name = 'Disagreement';
    this.case = name;
    this.distance = distance;
  }
}
