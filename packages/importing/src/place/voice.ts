import { PatternLensError, type ErrorCode, type ErrorSubject } from '@patternlens/core';
import { type ForeignNode } from '@patternlens/core/network';

/** What an importer's voice sees of the place that it speaks about: a layer or a node of the file. */
export interface NamedPlace {
  /** Class of the layer, or the node's operator. */
  readonly kind: string;
  readonly name: string;
  readonly subject: ErrorSubject;
  readonly unsupported: (message: string, remedy?: string) => never;
  readonly invalid: (message: string, remedy?: string) => never;
}

/** How one importer speaks in its errors: the kit says what is wrong, the voice who says it and what to do about it. */
export interface Voice {
  /** The importer's package. */
  readonly scope: string;
  readonly framework: ForeignNode['framework'];
  /** Its models have the channels last: plug-ins see their values with channels first. */
  readonly channelsLast: boolean;
  /** How its models are made. */
  readonly verb: 'export' | 'save';
  /** The remedy where a file contradicts itself. */
  readonly damaged: string;
  /** The remedy where the graph as a whole contradicts itself. */
  readonly again: string;
  /** Throws what the core had to say against the layer of a place: a shape that does not fit, say. */
  readonly refused: (place: NamedPlace, cause: unknown) => never;
}

/** Throws an error of the importer. */
export function fail(
  { scope }: Voice,
  code: ErrorCode,
  sentence: string,
  subject: ErrorSubject = {},
): never {
  throw new PatternLensError(scope, code, sentence, subject);
}

/** `Export` or `Save`, to begin a remedy with. */
export const Verb = ({ verb }: Voice): string => verb[0]!.toUpperCase() + verb.slice(1);
