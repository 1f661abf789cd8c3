import type { Network, Tensor } from '@patternlens/core';
import { evaluateOperation } from '@patternlens/core/backend';
import { BATCH, resolveShape } from '@patternlens/core/tensor';
import { forwardProgram } from '@patternlens/core/tracing';
import { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import { range, SAMPLES } from '../values/axis-order.js';
import { constantValue, type ConstantValue, type Imported } from '../values/values.js';
import type { Made, Operation } from './operation.js';

const NAME = '(constant)';

/** What a network without a batch makes of one tensor, by the definitions of the primitives, in float64. */
function valueOf(network: Network, given: Tensor): Tensor {
  const { instructions, outputs } = forwardProgram(network);
  const values: Tensor[] = [];
  for (const { operation, operands, shape } of instructions) {
    const sizes = resolveShape(shape, 1);
    const read = operands.map((operand) => values[operand]!);
    values.push(
      operation.kind === 'input'
        ? { data: Float64Array.from(given.data), shape: sizes }
        : evaluateOperation(operation, read, sizes),
    );
  }
  return values[outputs[0]!.value]!;
}

/** What an operation makes of a constant, where no folder computes it: the layers that it becomes are run while the file is read.
 * @param first The node's input 0; what else it reads stays as it is. */
export function computeConstants<N extends NodeView>(
  node: N,
  operation: Operation<N>,
  first: ConstantValue,
): Made {
  const { tensor } = first;
  const axes = range(tensor.shape.length);
  const input = { name: NAME, shape: [BATCH, ...tensor.shape], order: [SAMPLES, ...axes] };
  const context = new ImportContext({
    format: 'constants',
    voice: node.voice,
    inputs: [input],
    namesValues: true,
    alone: true,
  });
  const [value] = context.inputs();
  const made = operation(node.withInputs([value, ...node.inputs.slice(1)]) as N, context);
  const computed = (output: Imported | undefined): Imported | undefined => {
    if (output?.kind !== 'runtime') return output;
    if (output.name === NAME) return first;
    const { data } = valueOf(context.build(output, output.name), tensor);
    if (first.type !== 'float' && !data.every(Number.isInteger))
      node.unsupported('it makes fractions of whole numbers that the file holds.');
    const shape = output.shape as readonly number[];
    return constantValue({ tensor: { data, shape } }, first.type);
  };
  return Array.isArray(made)
    ? (made as readonly (Imported | undefined)[]).map(computed)
    : computed(made as Imported)!;
}
