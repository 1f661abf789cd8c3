import type { ErrorSubject } from '@patternlens/core';
import { fail, type Voice } from '../place/voice.js';

/** What is not understood, by what it is called: the names of those that are it. */
type Unknown = ReadonlyMap<string, readonly string[]>;

export interface Knowing {
  /** What one and what many of the kind are called: `an operator`, `operators`. */
  readonly words: readonly [one: string, several: string];
  readonly supported: readonly string[];
  readonly code: 'unsupported-layer' | 'unsupported-operation';
}

/** Throws one report of all that an importer does not understand.
 * @param things What there is in the file: what each is called, undefined where it is understood, and its name.
 * @throws PatternLensError naming every operator or class that is not understood, with its nodes or layers. */
export function checkKnown(
  voice: Voice,
  things: Iterable<readonly [kind: string | undefined, name: string]>,
  { words: [one, several], supported, code }: Knowing,
): void {
  const unknown = new Map<string, string[]>();
  for (const [kind, name] of things) {
    if (kind === undefined) continue;
    const names = unknown.get(kind) ?? [];
    unknown.set(kind, names);
    names.push(name);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(
    ([kind, names]) => `${kind} ${names.map((name) => `"${name}"`).join(', ')}`,
  );
  const count = unknown.size === 1 ? `${one} is` : `${unknown.size} ${several} are`;
  fail(
    voice,
    code,
    `${count} not supported: ${list.join('; ')}. Supported: ${supported.join(', ')}; or add one with a plug-in's layers.`,
    { about: 'model', ...subjectOf(unknown, code) },
  );
}

const subjectOf = (unknown: Unknown, code: Knowing['code']): ErrorSubject =>
  code === 'unsupported-layer'
    ? { layer: [...unknown.values()].flat().join(', ') }
    : { operation: [...unknown.keys()].join(', ') };
