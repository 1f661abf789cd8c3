import type { Parameter } from './parameter.js';

/* eslint-disable-next-line @typescript-eslint/no-empty-object-type -- layers without attributes */
export type NoAttributes = {};

/** What all layers have, whatever their kind. */
export interface LayerWith<Attributes> {
  readonly kind: string;
  /** Unique in the network. */
  readonly name: string;
  /** Names of the values that are read. */
  readonly inputs: readonly string[];
  /** Name of the value that is made. */
  readonly output: string;
  readonly attributes: Attributes;
  readonly parameters: Readonly<Record<string, Parameter>>;
}
