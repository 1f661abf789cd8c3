import type { ImportContext } from '../import-context.js';
import type { Imported } from '../values.js';
import type { NodeView } from './node-view.js';

/** Imports a node: adds layers to the context, and returns its value, or one for each of its outputs. */
export type Operation = (node: NodeView, context: ImportContext) => Imported | readonly Imported[];

/** Computes a node whose inputs are all known; undefined where that is not possible. */
export type Folder = (node: NodeView) => Imported | readonly Imported[] | undefined;
