import type { LayerImports } from '@patternlens/core/network';
import { fail, type Voice } from '../place/voice.js';

/** What importers look up in their tables, in words: one, and several. */
const words = {
  operator: ['an operator is', 'operators are'],
  operation: ['an operation is', 'operations are'],
  class: ['a class of layers is', 'classes of layers are'],
} as const;

/** What there is in a file: the operator's or class's name, and the node's or layer's. */
export type Named = readonly [kind: string, name: string];

/** What an importer understands. */
export interface Supported {
  /** What works on values that exist only when the network runs. */
  readonly computed: readonly string[];
  /** What is computed while the file is read, and no other way: of constants and shapes. */
  readonly folded?: readonly string[];
}

/** The names of a table of operators: those that become layers, and those that are computed while the file is read only.
 * @param own Operators that the walk over the graph takes care of itself. */
export function supportedBy(
  { operations, folders }: { readonly operations: object; readonly folders: object },
  own: Supported,
): Required<Supported> {
  const computed = [...new Set([...Object.keys(operations), ...own.computed])].sort();
  const all = [...Object.keys(folders), ...(own.folded ?? [])];
  const folded = [...new Set(all)].filter((name) => !computed.includes(name)).sort();
  return { computed, folded };
}

/** Throws one report of all that an importer does not understand.
 * @param reasons Why some are not supported, where that is known.
 * @throws PatternLensError naming every operator or class that is neither supported nor a plug-in's, with its nodes or layers. */
export function checkKnown(
  voice: Voice,
  what: keyof typeof words,
  things: Iterable<Named>,
  { computed, folded = [] }: Supported,
  plugins: LayerImports,
  reasons: Readonly<Record<string, string>> = {},
): void {
  const known = new Set([...computed, ...folded]);
  const unknown = new Map<string, string[]>();
  for (const [kind, name] of things)
    if (!known.has(kind) && !plugins.has(kind))
      unknown.set(kind, [...(unknown.get(kind) ?? []), name]);
  if (unknown.size === 0) return;
  const list = [...unknown].map(([kind, names]) => {
    const reason = Object.hasOwn(reasons, kind) ? ` (${reasons[kind]!})` : '';
    return `${kind} ${names.map((name) => `"${name}"`).join(', ')}${reason}`;
  });
  const [one, several] = words[what];
  const refused = [...unknown].flatMap(([kind, names]) => {
    const known = Object.hasOwn(reasons, kind) ? `: ${reasons[kind]!}` : '';
    return names.map((layer) => ({ layer, kind, reason: `${kind} is not supported${known}` }));
  });
  fail(
    voice,
    what === 'class' ? 'unsupported-layer' : 'unsupported-operation',
    `${unknown.size === 1 ? one : `${unknown.size} ${several}`} not supported: ${list.join('; ')}. Supported: ${computed.join(', ')}${folded.length === 0 ? '' : `; of constants and shapes only: ${folded.join(', ')}`}; or add one with a plug-in's layers.`,
    what === 'class'
      ? { about: 'model', layer: [...unknown.values()].flat().join(', '), refused }
      : { about: 'model', operation: [...unknown.keys()].join(', '), refused },
  );
}
