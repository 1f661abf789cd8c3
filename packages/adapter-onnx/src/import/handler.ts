import type { ImportContext } from './import-context.js';
import type { Imported } from './imported.js';
import type { NodeView } from './node-view.js';

/** Imports one operator: adds layers to the context, or sets the node's outputs to known values. */
export type Handler = (node: NodeView, context: ImportContext) => void;

/** Computes an operator whose inputs are all known; undefined where it is left to the operator's layer. */
export type Folder = (node: NodeView) => Imported | undefined;
