/** Calls with every index of a shape, in row-major order; the index is one array that changes. */
export function forEachIndex(
  shape: readonly number[],
  visit: (index: readonly number[]) => void,
): void {
  const index = shape.map(() => 0);
  const total = shape.reduce((all, size) => all * size, 1);
  for (let count = 0; count < total; count++) {
    visit(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
}
