import { permuteParameter, type Parameter } from '@patternlens/core/network';
import { filled } from '@patternlens/core/tensor';
import {
  build,
  constantValue,
  einsum,
  elementwise,
  mapped,
  parameterOf,
  scalarParameter,
  type ConstantValue,
  type ImportContext,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

type Factor = RuntimeValue | ConstantValue;

function factorAt(node: OnnxNode, index: number): Factor {
  const value = node.input(index);
  return value.kind === 'sizes'
    ? node.unsupported('it multiplies a size that depends on the batch.')
    : value;
}

const matMul: Operation<OnnxNode> = (node, context) =>
  build.multiplyMatrices(context, node, factorAt(node, 0), factorAt(node, 1));

/** A factor of `Gemm`, turned where it asks for that. */
function gemmFactor(context: ImportContext, node: OnnxNode, index: number, name: string): Factor {
  const value = factorAt(node, index);
  const rank = value.kind === 'runtime' ? value.shape.length : value.tensor.shape.length;
  if (rank !== 2) node.invalid(`its input ${index} has ${rank} axes; a matrix is expected.`);
  if (node.int(name, 0) !== 1) return value;
  return value.kind === 'runtime'
    ? build.transposeLast(context, node.part(name), value)
    : constantValue(permuteParameter(parameterOf(value), [1, 0]), value.type);
}

const gemm: Operation<OnnxNode> = (node, context) => {
  const a = gemmFactor(context, node, 0, 'transA');
  const right = factorAt(node, 1);
  // A matrix behind a computed value stays as the file has it: its pattern is written so.
  if (a.kind === 'runtime' && right.kind === 'constant')
    return rowsByMatrix(node, context, a, right);
  const b = gemmFactor(context, node, 1, 'transB');
  const hasMore = node.inputs[2] !== undefined;
  const alpha = node.float('alpha', 1);
  const at = hasMore || alpha !== 1 ? node.part('product') : node;
  const product = build.multiplyMatrices(context, at, a, b);
  const last = hasMore ? node.part('alpha') : node;
  const scaled =
    alpha === 1 ? product : build.scale(context, last, product, scalarParameter(alpha));
  return hasMore ? elementwise.plus(context, node, scaled, summand(node, context)) : scaled;
};

/** What `Gemm` adds, times its factor. */
function summand(node: OnnxNode, context: ImportContext): Factor {
  const added = factorAt(node, 2);
  const beta = node.float('beta', 1);
  if (beta === 1) return added;
  if (added.kind === 'runtime')
    return build.scale(context, node.part('beta'), added, scalarParameter(beta));
  const { tensor } = mapped(parameterOf(added), (value) => value * beta);
  return { kind: 'constant', type: added.type, tensor };
}

/** The usual form: rows of a computed value by stored weights. */
function rowsByMatrix(
  node: OnnxNode,
  context: ImportContext,
  x: RuntimeValue,
  stored: ConstantValue,
): RuntimeValue {
  const { shape } = stored.tensor;
  if (shape.length !== 2)
    node.invalid(`its weights have shape [${shape.join(', ')}], not a matrix.`);
  const transposed = node.int('transB', 0) === 1;
  const alpha = node.float('alpha', 1);
  const weights = parameterOf(stored);
  const matrix = alpha === 1 ? weights : mapped(weights, (value) => value * alpha);
  if (node.inputs[2] === undefined)
    return build.multiplyLast(context, node, x, { matrix, transposed });
  const added = summand(node, context);
  const bias = biasOf(node, added, shape[transposed ? 0 : 1]!);
  if (bias) return build.multiplyLast(context, node, x, { matrix, transposed, bias });
  const product = build.multiplyLast(context, node.part('product'), x, { matrix, transposed });
  return elementwise.plus(context, node, product, added);
}

/** What is added as a bias: one number for each output; undefined where it is something else. */
function biasOf(node: OnnxNode, added: Factor, outputs: number): Parameter | undefined {
  if (added.kind === 'runtime') return undefined;
  const { data, shape } = added.tensor;
  if (data.length === 1 && shape.length < 3) return { tensor: filled([outputs], data[0]!) };
  if (shape.length > 2 || (shape.length === 2 && shape[0] !== 1)) return undefined;
  return data.length === outputs
    ? parameterOf(added)
    : node.unsupported(
        `its bias of shape [${shape.join(', ')}] is not one for each of ${outputs} outputs.`,
      );
}

export const matrices: Readonly<Record<string, Operation<OnnxNode>>> = {
  Einsum: (node, context) =>
    einsum(
      context,
      node,
      node.string('equation', ''),
      node.inputs.map((_, index) => factorAt(node, index)),
    ),
  Gemm: gemm,
  MatMul: matMul,
};
