import type { LayerAttributes, LayerKind } from '../layers/layer.js';
import type { Parameter } from '../layers/parameter.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { checkFunction, checkId, checkObject, shown } from './check-part.js';
import { invalidPlugin } from './plugin-errors.js';

/** A value of the network that is being read. */
export interface LayerValue {
  readonly name: string;
  /** Batch, channels, then the rest, whatever the file's own order is. */
  readonly shape: Shape;
}

export type NodeAttribute = number | string | boolean | readonly number[] | Tensor;

/** One node or layer of a file, as a plug-in sees it. */
export interface ForeignNode {
  readonly framework: 'onnx' | 'tfjs';
  /** The operator's or the class's name: `Einsum`, `com.example.Scaled`, `MyLayer`. */
  readonly operator: string;
  readonly name: string;
  /** At their places; undefined where an input is a constant, or left out. */
  readonly inputs: readonly (LayerValue | undefined)[];
  readonly attributes: Readonly<Record<string, NodeAttribute>>;
  /** Numbers of the file: by the place among an operator's inputs, or by the name of a layer's weight, in the file's own layout. Undefined where an input
   * is left out or computed; a weight that is missing is an error. */
  readonly constant: (which: number | string) => Parameter | undefined;
}

/** Adds a layer to the network that is being read, and returns its value. */
export type AddLayer = <K extends LayerKind>(
  kind: K,
  inputs: readonly (LayerValue | undefined)[],
  attributes: LayerAttributes[K],
  parameters?: Readonly<Record<string, Parameter | Tensor | undefined>>,
) => LayerValue;

/** How operators that importers do not know become layers, of the existing kinds or of a new one (`custom`). */
export interface LayerImport {
  readonly id: string;
  /** `onnx:NAME`, `onnx:DOMAIN.NAME` or `tfjs:NAME`: a class of a layers model, an operation of a graph model. */
  readonly operators: readonly string[];
  /** Adds layers for one node, and returns the value that stands for its first output. */
  readonly make: (node: ForeignNode, add: AddLayer) => LayerValue;
}

/** Defines how operators of a framework become layers.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineLayer(parts: LayerImport): LayerImport {
  checkObject('layer', parts);
  checkId('layer', parts.id);
  const what = `layer "${parts.id}"`;
  checkFunction(what, 'make', parts.make);
  const { operators } = parts as { operators: unknown };
  if (!Array.isArray(operators) || operators.length === 0)
    invalidPlugin(
      `${what}: operators must be a list (onnx:NAME, tfjs:NAME), got ${shown(operators)}.`,
    );
  for (const operator of operators as unknown[])
    if (typeof operator !== 'string' || !/^(onnx|tfjs):[\w.-]+$/.test(operator))
      invalidPlugin(
        `${what}: expected an operator as onnx:NAME or tfjs:NAME, got ${shown(operator)}.`,
      );
  return Object.freeze({ ...parts, operators: Object.freeze([...parts.operators]) });
}
