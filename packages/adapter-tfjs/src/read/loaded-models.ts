import { isObject } from './json-object.js';

/** Numbers that a runtime holds, as far as they are read here. */
export interface LoadedTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: () => Promise<ArrayLike<number>>;
}

/** What is read of a `tf.LayersModel`. */
export interface LoadedLayersModel {
  readonly toJSON: (unused?: unknown, returnString?: boolean) => unknown;
  readonly weights: readonly {
    readonly originalName: string;
    readonly read: () => LoadedTensor;
  }[];
}

/** What is read of a `tf.GraphModel`. */
export interface LoadedGraphModel {
  /** The tensors of its constants by name. */
  readonly weights: Readonly<Record<string, readonly LoadedTensor[]>>;
  readonly modelSignature?: unknown;
  readonly execute: unknown;
}

export function isLayersModel(model: unknown): model is LoadedLayersModel {
  return (
    isObject(model) &&
    'toJSON' in model &&
    typeof model.toJSON === 'function' &&
    'weights' in model &&
    Array.isArray(model.weights)
  );
}

export function isGraphModel(model: unknown): model is LoadedGraphModel {
  return (
    isObject(model) &&
    'execute' in model &&
    typeof model.execute === 'function' &&
    'weights' in model
  );
}
