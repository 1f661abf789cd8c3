import type { ConstantValue, RuntimeValue } from '../imported.js';
import type { NodeView } from '../node-view.js';

/** A constant that meets a computed value: leading axes of size 1 stand for the batch and are dropped. */
export function besideBatch(node: NodeView, value: ConstantValue, x: RuntimeValue): ConstantValue {
  const { shape, data } = value.tensor;
  if (shape.length < x.shape.length) return value;
  if (shape.length > x.shape.length || shape[0] !== 1)
    return node.unsupported(`its constant of shape [${shape.join(', ')}] varies along the batch.`);
  const tensor = { data, shape: shape.slice(1) };
  const origin = value.origin && {
    ...value.origin,
    steps: [...value.origin.steps, { kind: 'reshape' as const, shape: tensor.shape }],
  };
  return origin ? { ...value, tensor, origin } : { ...value, tensor };
}
