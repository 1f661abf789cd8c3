/** @jest-environment ./src/testing/ort-environment.js */
import { testAgreement, type RunOptions } from '../../testing/against-runtime.js';
import { expectFailure } from '../../testing/failures.js';
import { expectGradient } from '../../testing/jacobian.js';
import { modelFile, node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { weight } from '../../testing/stored-tensors.js';
import { readOnnx } from '../../read-onnx.js';

type Case = ModelParts & { readonly options?: RunOptions };

const product = (operands: string, shape: readonly number[], x: readonly number[]): Case => ({
  inputs: { x: ['n', ...x] },
  nodes: [node('MatMul', operands, 'y')],
  weights: [weight('c', shape)],
});

const gemm = (operands: string, attributes: Attributes, sizes: Partial<Case>): Case => ({
  inputs: { x: ['n', 3] },
  nodes: [node('Gemm', operands, 'y', attributes)],
  ...sizes,
});

const einsum = (
  equation: string,
  inputs: Readonly<Record<string, readonly (number | string)[]>>,
  ...constants: readonly (readonly number[])[]
): Case => ({
  inputs,
  nodes: [
    node('Einsum', [...Object.keys(inputs), ...constants.map((_, at) => `c${at}`)].join(' '), 'y', {
      equation,
    }),
  ],
  weights: constants.map((shape, at) => weight(`c${at}`, shape, at + 1)),
});

const cases: Readonly<Record<string, Case>> = {
  'a matrix': product('x c', [4, 2], [3, 4]),
  'a matrix from the left': product('c x', [2, 3], [3, 4]),
  'matrices for an axis': product('x c', [3, 4, 2], [3, 5, 4]),
  'matrices for two axes, one of which repeats': product('x c', [2, 1, 4, 3], [2, 3, 5, 4]),
  'matrices that repeat the value': product('x c', [3, 4, 2], [1, 5, 4]),
  'matrices from the left': product('c x', [3, 2, 5], [3, 5, 4]),
  'a list behind': product('x c', [4], [3, 4]),
  'a list in front': product('c x', [3], [3, 4]),
  'values of another rank': {
    inputs: { x: ['n', 2, 3, 4], z: ['n', 1, 4, 2] },
    nodes: [node('MatMul', 'x z', 'y')],
  },
  'Gemm with alpha, beta and a bias for each output': gemm(
    'x w b',
    { alpha: { float: 0.5 }, beta: { float: 2 }, transB: 1 },
    { weights: [weight('w', [2, 3]), weight('b', [1, 2], 2)] },
  ),
  'Gemm of two values': gemm(
    'w t b',
    { alpha: { float: 0.5 } },
    {
      inputs: { x: ['n', 3] },
      nodes: [node('Gemm', 'x w', 'z'), node('Gemm', 'x v z', 'y', { beta: { float: 0.3 } })],
      weights: [weight('w', [3, 2]), weight('v', [3, 2], 3)],
    },
  ),
  'Einsum as a product of matrices': einsum('nij,jk->nik', { x: ['n', 3, 4] }, [4, 2]),
  'Einsum of two values': einsum('nhid,nhjd->nhij', { x: ['n', 2, 3, 4], z: ['n', 2, 5, 4] }),
  'Einsum by heads of a constant': einsum('nti,hio->nhto', { x: ['n', 3, 4] }, [2, 4, 5]),
  'Einsum by matrices for an axis': einsum('nhi,hio->nho', { x: ['n', 3, 4] }, [3, 4, 2]),
  'Einsum of three': einsum('nij,jk,ik->nk', { x: ['n', 3, 4] }, [4, 2], [3, 2]),
  'Einsum without an arrow': einsum('aij,jk', { x: ['n', 3, 4] }, [4, 2]),
  'Einsum with an ellipsis': einsum('n...j,kj->n...k', { x: ['n', 3, 2, 4] }, [5, 4]),
  'Einsum as an outer product': einsum('ni,nj->nij', { x: ['n', 3], z: ['n', 2] }),
  'Einsum as a diagonal': einsum('nii->ni', { x: ['n', 3, 3] }),
  'Einsum as a trace': einsum('nii,i->n', { x: ['n', 3, 3] }, [3]),
  'Einsum as a sum and a transpose': einsum('nijk->nki', { x: ['n', 2, 3, 4] }),
};

describe('products are what the runtime computes:', () => {
  testAgreement(cases);
});

describe('the gradient of products is the slope:', () => {
  test.each(Object.entries(cases))('%s', async (_name, { options, ...parts }) => {
    await expectGradient(parts, options);
  });
});

test.each([
  ['a product over the batch', product('c x', [2, 3], [4])],
  ['a sum of products over the batch', einsum('ni,nj->ij', { x: ['n', 3], z: ['n', 2] })],
  [
    'a bias for each sample',
    gemm('x w b', {}, { weights: [weight('w', [3, 2]), weight('b', [5, 1])] }),
  ],
])('%s is refused', async (_name, parts) => {
  await expectFailure(readOnnx(modelFile(parts)), 'unsupported-operation', 'batch');
});
