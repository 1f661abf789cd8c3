import { fail } from '../read/tfjs-error.js';

const AGAIN = 'The model is damaged or was saved wrongly; convert it again.';

/** A layer or node of the file while it is imported: what its parts are named after, and what errors name. */
export class Place {
  /** Class of the layer, or operation of the node. */
  readonly kind: string;
  readonly name: string;
  readonly #isLayer: boolean;

  constructor(kind: string, name: string, isLayer: boolean) {
    this.kind = kind;
    this.name = name;
    this.#isLayer = isLayer;
  }

  /** A part of it, under its name and a word. */
  part(word: string): Place {
    return new Place(this.kind, `${this.name}/${word}`, this.#isLayer);
  }

  /** @throws PatternLensError `unsupported-layer` or `unsupported-operation`, naming it. */
  unsupported(message: string, remedy = 'Save the model without it.'): never {
    const code = this.#isLayer ? 'unsupported-layer' : 'unsupported-operation';
    return fail(code, `${this.kind} "${this.name}": ${message} ${remedy}`, this.#subject());
  }

  /** @throws PatternLensError `invalid-file`, naming it. */
  invalid(message: string): never {
    return fail(
      'invalid-file',
      `${this.kind} "${this.name}": ${message} ${AGAIN}`,
      this.#subject(),
    );
  }

  /** An axis counted from the front. */
  axis(axis: number, rank: number): number {
    const own = axis < 0 ? axis + rank : axis;
    return Number.isInteger(own) && own >= 0 && own < rank
      ? own
      : this.invalid(`axis ${axis} is not one of its input's ${rank}.`);
  }

  #subject(): { layer: string; operation?: string } {
    return this.#isLayer ? { layer: this.name } : { layer: this.name, operation: this.kind };
  }
}
