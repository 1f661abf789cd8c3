import { isBatch, type Dim } from '@patternlens/core/tensor';
import { build, range, type Operation } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** Axes cut or padded with zeros to a size, as much in front as behind. */
export const CenterCropPad: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const rank = x.shape.length;
  const wanted = node.dims('shape', 1) ?? node.invalid('its shape is missing.');
  const axes = node.ints('axes')?.map((axis) => node.axis(axis, rank)) ?? range(rank);
  if (axes.length !== wanted.length)
    node.invalid(`its ${wanted.length} sizes are not one for each of ${axes.length} axes.`);
  const target = x.shape.map((size, axis): Dim => {
    const at = axes.indexOf(axis);
    if (at < 0 || isBatch(size)) {
      const stays =
        at < 0 ||
        isBatch(wanted[at]) ||
        (isBatch(size) && wanted[at] === (context.fixedBatch ?? 0) * size.batch);
      return stays ? size : node.unsupported('it cuts or pads the batch axis.');
    }
    const asked = wanted[at]!;
    return isBatch(asked) ? node.unsupported('a size depends on the batch.') : asked;
  });
  const surplus = x.shape.map((size, axis) =>
    isBatch(size) ? 0 : size - (target[axis] as number),
  );
  const cuts = surplus.some((count) => count > 0);
  const pads = surplus.some((count) => count < 0);
  const sizes = x.shape.map((size, axis) => (surplus[axis]! > 0 ? target[axis]! : size));
  const cut = cuts
    ? build.slice(context, pads ? node.part('cut') : node, x, {
        starts: surplus.map((count) => Math.max(0, Math.floor(count / 2))),
        sizes,
      })
    : x;
  if (!pads) return cuts ? cut : context.layer(node, 'identity', [x], {});
  const missing = surplus.map((count) => Math.max(0, -count));
  return build.pad(context, node, cut, {
    begin: missing.map((count) => Math.floor(count / 2)),
    end: missing.map((count) => Math.ceil(count / 2)),
  });
};
