/** A backend that does not do what a case says. */
export class Disagreement extends Error {
  /** The case. */
  readonly case: string;

  constructor(name: string, message: string) {
    super(`${name}: ${message}`);
    this.name = 'Disagreement';
    this.case = name;
  }
}
