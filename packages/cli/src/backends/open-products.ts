import type { DoubleProduct } from '@patternlens/core/backend';
import { isOnnxBackend, onnxRuntime } from '@patternlens/explain/node';

/** Quick products in float64. */
export interface Products {
  readonly product?: DoubleProduct;
  readonly dispose: () => Promise<void>;
}

/** Quick products in float64, where the backend's runtime has them. */
export async function openProducts(backend: string): Promise<Products> {
  if (!isOnnxBackend(backend)) return { dispose: () => Promise.resolve() };
  const { doubleProducts } = await import('@patternlens/adapter-onnx');
  return doubleProducts(await onnxRuntime(backend));
}
