import { formatShape, product } from '@patternlens/core/tensor';
import { build, checkSizes, range, type Operation } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** The places of a tensor's elements, axis by axis. */
const pointsOf = (sizes: readonly number[]): number[][] =>
  range(product(sizes)).map((flat) =>
    sizes.map((size, axis) => Math.floor(flat / product(sizes.slice(axis + 1))) % size),
  );

/** Windows of an image that overlap, added up where they do: one offset within the window after another. */
export const Col2Im: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const image = node.fixedAt(1, 'image shape'),
    block = node.fixedAt(2, 'block shape');
  const rank = image.length;
  const ones = image.map(() => 1);
  const strides = checkSizes(node, 'strides', node.ints('strides') ?? ones, rank);
  const dilations = checkSizes(node, 'dilations', node.ints('dilations') ?? ones, rank);
  const none = new Array<number>(2 * rank).fill(0);
  const pads = checkSizes(node, 'pads', node.ints('pads') ?? none, 2 * rank, 0);
  checkSizes(node, 'block shape', block, rank);
  const counts = image.map((size, axis) => {
    const padded = size + pads[axis]! + pads[axis + rank]!;
    return Math.floor((padded - dilations[axis]! * (block[axis]! - 1) - 1) / strides[axis]!) + 1;
  });
  const [batch, columns, positions] = x.shape;
  const channels = (columns as number) / product(block);
  if (x.shape.length !== 3 || !Number.isInteger(channels) || positions !== product(counts))
    node.invalid(
      `its input of shape ${formatShape(x.shape)} does not hold ${product(counts)} windows of [${block.join(', ')}].`,
    );
  const windows = product(counts);
  const lined = build.reshape(context, node.part('windows'), x, [
    batch!,
    channels,
    product(block) * windows,
  ]);
  const border = { begin: [0, 0, 0], end: [0, 0, 1] };
  const holed = build.pad(context, node.part('border'), lined, border);
  const starts = pointsOf(counts);
  const parts = pointsOf(block).map((offset, number) => {
    const reads = new Array<number>(product(image)).fill(product(block) * windows);
    starts.forEach((start, window) => {
      const place = start.map(
        (at, axis) => at * strides[axis]! + offset[axis]! * dilations[axis]! - pads[axis]!,
      );
      if (place.some((at, axis) => at < 0 || at >= image[axis]!)) return;
      const flat = place.reduce((total, at, axis) => total * image[axis]! + at, 0);
      reads[flat] = number * windows + window;
    });
    return build.gather(context, node.part(`offset-${number}`), holed, 2, reads);
  });
  const total = parts.length === 1 ? parts[0]! : build.sum(context, node.part('sum'), parts);
  return build.reshape(context, node, total, [batch!, channels, ...image]);
};
