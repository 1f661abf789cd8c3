import { checkSizes, type Padding, type WindowSpec } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** The pads of `pads` or `auto_pad`. */
function paddingOf(node: OnnxNode, rank: number): Padding {
  const auto = node.string('auto_pad', 'NOTSET');
  if (auto === 'VALID') return 'valid';
  if (auto === 'SAME_UPPER') return 'same';
  if (auto === 'SAME_LOWER') return 'same-lower';
  if (auto !== 'NOTSET' && auto !== '')
    node.invalid(
      `its auto_pad "${auto}" is unknown; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known.`,
    );
  const pads = node.ints('pads') ?? new Array<number>(2 * rank).fill(0);
  checkSizes(node, 'pads', pads, 2 * rank, -Infinity);
  if (pads.some((size) => size < 0))
    node.unsupported(
      `its pads [${pads.join(', ')}] are negative.`,
      'Cut the input with Slice instead.',
    );
  return { begin: pads.slice(0, rank), end: pads.slice(rank) };
}

/** How a node moves its window. */
export function windowSpec(node: OnnxNode, rank: number): WindowSpec & { padding: Padding } {
  const ones = new Array<number>(rank).fill(1);
  return {
    strides: node.ints('strides') ?? ones,
    dilations: node.ints('dilations') ?? ones,
    padding: paddingOf(node, rank),
    channelsLast: false,
  };
}
