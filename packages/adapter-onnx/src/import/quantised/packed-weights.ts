import { tensor, type Tensor } from '@patternlens/core';
import { constantValue, type RuntimeValue } from '@patternlens/importing';
import type { QuantisedNode, QuantisedOperation } from './quantised-node.js';
import { withBias } from './with-bias.js';

interface Packing {
  readonly inputs: number;
  readonly outputs: number;
  readonly bits: number;
  readonly block: number;
}

function packingOf({ node, reads }: QuantisedNode): Packing {
  const [inputs, outputs] = [node.int('K', 0), node.int('N', 0)];
  const [bits, block] = [node.int('bits', 4), node.int('block_size', 0)];
  if (![2, 4, 8].includes(bits) || block <= 0 || inputs <= 0 || outputs <= 0)
    node.invalid(
      `weights of ${bits} bits in blocks of ${block} do not make [${inputs}, ${outputs}].`,
    );
  if (reads[4] !== undefined) node.unsupported('its inputs are grouped in an order (g_idx).');
  return { inputs, outputs, bits, block };
}

/** A number of a few bits in a row of bytes, the first in the lowest bits of the first byte. */
const bitsAt = (bytes: ArrayLike<number>, row: number, index: number, bits: number): number =>
  (bytes[row + Math.floor((index * bits) / 8)]! >> ((index * bits) % 8)) & (2 ** bits - 1);

/** The weights `[inputs, outputs]` that the bytes `[outputs, blocks, bytes]` stand for: each block has a scale and a zero point, packed as weights are, or a float. */
function unpacked(q: QuantisedNode, { inputs, outputs, bits, block }: Packing): Tensor {
  const blocks = Math.ceil(inputs / block);
  const bytes = q.constant(1, 'weights').tensor.data;
  const scales = q.constant(2, 'scales').tensor.data;
  const zeros = q.optionalConstant(3, 'zero points');
  const rowBytes = (blocks * block * bits) / 8;
  if (bytes.length !== outputs * rowBytes || scales.length !== outputs * blocks)
    q.node.invalid(
      `${bytes.length} bytes and ${scales.length} scales do not make [${inputs}, ${outputs}].`,
    );
  const zeroOf = (output: number, at: number): number => {
    if (!zeros) return 2 ** (bits - 1);
    const { data } = zeros.tensor;
    return zeros.type === 'float'
      ? data[output * blocks + at]!
      : bitsAt(data, output * Math.ceil((blocks * bits) / 8), at, bits);
  };
  const weights = new Float32Array(inputs * outputs);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) {
      const at = Math.floor(input / block);
      const stored = bitsAt(bytes, output * rowBytes, input, bits);
      weights[input * outputs + output] =
        (stored - zeroOf(output, at)) * scales[output * blocks + at]!;
    }
  return tensor(weights, [inputs, outputs]);
}

/** A matrix whose weights the file packs, a few bits each. They have no layout of a tensor of the file. */
export const packedProduct: QuantisedOperation = (q) => {
  const matrix = constantValue({ tensor: unpacked(q, packingOf(q)) });
  q.tell();
  return withBias(
    q,
    5,
    (output) => q.standard('MatMul', [q.runtime(0), matrix], [output]) as RuntimeValue,
  );
};
