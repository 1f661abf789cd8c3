import type { ErrorSubject } from '@patternlens/core';
import { fail, type NamedPlace, Verb, type Voice } from './voice.js';

/** The remedy where samples of a batch are mixed. */
export const SAMPLES_ALONE = 'Only networks that treat every sample alone can be explained.';

export interface PlaceNames {
  /** Class of the layer, or the node's operator. */
  readonly kind: string;
  /** The file's name of it, which errors name. */
  readonly name: string;
  /** A layer of a model of layers, not a node of a graph. */
  readonly isLayer?: boolean;
  /** What its layer in the network is called, where that is not its name. */
  readonly layer?: string;
}

/** A layer or node of the file while it is imported: what its parts are named after, and what errors name. */
export class Place implements NamedPlace {
  readonly voice: Voice;
  readonly kind: string;
  readonly name: string;
  /** What its layer in the network is called. */
  readonly layer: string;
  readonly #isLayer: boolean;

  constructor(voice: Voice, { kind, name, isLayer = false, layer = name }: PlaceNames) {
    this.voice = voice;
    this.kind = kind;
    this.name = name;
    this.layer = layer;
    this.#isLayer = isLayer;
  }

  /** The remedy where a model is right for a single sample. */
  get single(): string {
    return `${Verb(this.voice)} the model with a batch of exactly 1: then every sample is computed by itself.`;
  }

  /** A layer on the way to its value, under its name and a word. */
  part(word: string): Place {
    return new Place(this.voice, this.names(`${this.layer}/${word}`));
  }

  /** The place of one of its outputs; undefined where nothing can read it. */
  output(index: number): Place | undefined {
    return index === 0 ? this : this.part(`part-${index + 1}`);
  }

  /** The name of the value that a layer of this place makes. */
  value(layer: string): string {
    return layer;
  }

  /** @throws PatternLensError `unsupported-layer` or `unsupported-operation`, naming it. */
  unsupported(message: string, remedy = `${Verb(this.voice)} the model without it.`): never {
    const code = this.#isLayer ? 'unsupported-layer' : 'unsupported-operation';
    return fail(this.voice, code, `${this.kind} "${this.name}": ${message} ${remedy}`, {
      ...this.subject,
      refused: [{ layer: this.name, kind: this.kind, reason: message.replace(/\.$/, '') }],
    });
  }

  /** @throws PatternLensError `invalid-file`, naming it. */
  invalid(message: string, remedy = this.voice.damaged): never {
    const sentence = `${this.kind} "${this.name}": ${message} ${remedy}`;
    return fail(this.voice, 'invalid-file', sentence, this.subject);
  }

  /** An axis counted from the front. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    return Number.isInteger(counted) && counted >= 0 && counted < rank
      ? counted
      : this.invalid(
          `axis ${axis} is not one of its input's ${rank}; -${rank} to ${rank - 1} are.`,
        );
  }

  get subject(): ErrorSubject {
    return this.#isLayer ? { layer: this.name } : { operation: this.kind, layer: this.name };
  }

  protected names(layer: string): PlaceNames {
    return { kind: this.kind, name: this.name, isLayer: this.#isLayer, layer };
  }
}
