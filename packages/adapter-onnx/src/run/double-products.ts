import { messageOf, PatternLensError } from '@patternlens/core';
import { plainProduct, type DoubleProduct } from '@patternlens/core/backend';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import { GraphBuilder } from '../write/graph-builder.js';
import { modelBytes } from '../write/model-bytes.js';
import { runtimeOf, type OnnxBackendOptions } from './onnx-backend.js';
import type { OrtTensor } from './ort.js';

/** Products of float64 matrices by ONNX Runtime. Holds memory until it is disposed. */
export interface DoubleProducts extends AsyncDisposable {
  readonly product: DoubleProduct;
  readonly dispose: () => Promise<void>;
}

/** A session call costs as much as this many multiplications in the program's own code. */
const SMALL = 2 ** 16;

/** `c = a b'`. */
function productModel(): Uint8Array {
  const graph = new GraphBuilder();
  const a = graph.input('a', ['p', 'n'], DataType.DOUBLE);
  const b = graph.input('b', ['q', 'n'], DataType.DOUBLE);
  graph.node('Gemm', [a, b], { transB: 1 }, 'c');
  graph.output('c', ['p', 'q'], DataType.DOUBLE);
  return modelBytes(graph.build('product'));
}

/** Quick products in float64 on the runtime's processor kernels, for what is summed on the host.
 * @throws PatternLensError `backend-unavailable` where what is handed in is not the runtime; `backend-failed` where it has no kernels for float64. */
export async function doubleProducts(
  options: Pick<OnnxBackendOptions, 'ort' | 'executionProvider' | 'threads'>,
): Promise<DoubleProducts> {
  const { ort, sessionOptions, id } = runtimeOf(options);
  const session = await ort.InferenceSession.create(productModel(), sessionOptions as never).catch(
    (cause: unknown) => {
      throw new PatternLensError(
        'adapter-onnx',
        'backend-failed',
        `${id}: the runtime could not load a product of float64 matrices: ${messageOf(cause)}`,
        { backend: id },
        cause,
      );
    },
  );
  const Float64Tensor = ort.Tensor as unknown as new (
    type: 'float64',
    data: Float64Array,
    dims: readonly number[],
  ) => OrtTensor;
  let open = true;
  const dispose = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await session.release();
  };
  return {
    dispose,
    [Symbol.asyncDispose]: dispose,
    product: async (a, b, p, q) => {
      const n = p === 0 ? 0 : a.length / p;
      if (p * q * n < SMALL) return plainProduct(a, b, p, q);
      const { c } = await session.run({
        a: new Float64Tensor('float64', a, [p, n]),
        b: new Float64Tensor('float64', b, [q, n]),
      });
      return c!.data as Float64Array;
    },
  };
}
