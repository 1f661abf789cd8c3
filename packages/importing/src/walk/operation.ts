import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import type { Imported, KnownValue } from '../values/values.js';

/** The value of a node, or one for each of its outputs; undefined at those that nothing can read. */
export type Made = Imported | readonly (Imported | undefined)[];

/** Imports a node: adds layers to the context, and returns what it makes. */
export type Operation<N extends NodeView = NodeView> = (node: N, context: ImportContext) => Made;

/** Computes a node whose inputs are all known; undefined where that is left to its operation. */
export type Folder<N extends NodeView = NodeView> = (node: N) => KnownValue | undefined;

/** What an importer knows of each operator, by the file's name of it. */
export interface OperatorTable<N extends NodeView> {
  /** How it becomes layers. */
  readonly operations: Readonly<Record<string, Operation<N>>>;
  /** How it is computed where all that it reads is known. */
  readonly folders: Readonly<Record<string, Folder<N>>>;
  /** Why it does not work on computed values, where that is known. */
  readonly reasons?: Readonly<Record<string, string>>;
}

/** The entry of a table, never of its prototype: operators are called what the file likes. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
