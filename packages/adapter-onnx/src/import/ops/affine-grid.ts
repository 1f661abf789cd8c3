import { formatShape, type Dim, product } from '@patternlens/core/tensor';
import { build, constantValue, isKnown, range, type Operation } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** Coordinates from -1 to 1 along an axis: of its corners, or of the middles of its entries. */
const coordinates = (size: number, corners: boolean): number[] =>
  range(size).map((at) => {
    if (!corners) return (2 * at + 1) / size - 1;
    return size === 1 ? 0 : (2 * at) / (size - 1) - 1;
  });

/** Every position of an image in homogeneous coordinates, the last axis first: `[axes + 1, positions]`. */
function basis(spatial: readonly number[], corners: boolean): Float64Array {
  const positions = product(spatial);
  const rows = [...spatial.keys()].reverse().map((axis) => {
    const inner = product(spatial.slice(axis + 1));
    const along = coordinates(spatial[axis]!, corners);
    return range(positions).map((at) => along[Math.floor(at / inner) % spatial[axis]!]!);
  });
  return Float64Array.from([...rows.flat(), ...new Array<number>(positions).fill(1)]);
}

/** The grid that an affine map makes: linear in the numbers of the map. */
export const AffineGrid: Operation<OnnxNode> = (node, context) => {
  const theta = node.input(0);
  const size = node.dims('size', 1) ?? node.invalid('its size is missing.');
  const spatial = node.withoutBatch(size.slice(2), 'size');
  const rank = spatial.length;
  const data = basis(spatial, node.int('align_corners', 0) === 1);
  const positions = data.length / (rank + 1);
  if (isKnown(theta)) {
    if (theta.kind !== 'constant') return node.unsupported('its map is a list of sizes.');
    const { shape } = theta.tensor;
    const made = range(shape[0]! * positions * rank).map((at) => {
      const sample = Math.floor(at / (positions * rank)),
        position = Math.floor(at / rank) % positions,
        row = at % rank;
      return range(rank + 1).reduce(
        (sum, column) =>
          sum +
          theta.tensor.data[(sample * rank + row) * (rank + 1) + column]! *
            data[column * positions + position]!,
        0,
      );
    });
    const tensor = { data: Float64Array.from(made), shape: [shape[0]!, ...spatial, rank] };
    return constantValue({ tensor });
  }
  if (theta.shape.length !== 3 || theta.shape[2] !== rank + 1)
    return node.invalid(`its map of shape ${formatShape(theta.shape)} does not fit ${rank} axes.`);
  const matrix = { tensor: { data, shape: [rank + 1, positions] } };
  const mapped = build.multiplyLast(context, node.part('map'), theta, { matrix });
  const turned = build.permute(context, node.part('turn'), mapped, [0, 2, 1]);
  const shape: Dim[] = [theta.shape[0]!, ...spatial, rank];
  return build.reshape(context, node, turned, shape);
};
