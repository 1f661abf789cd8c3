/** The rule once more, for one sample at a layer that is written out as a matrix. */
export const replica =
  (share) =>
  ({ matrix: { rows, columns, data }, x, y, r }) => {
    const size = Math.sqrt(y.reduce((sum, z) => sum + z * z, 0) / rows);
    const back = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      const z = y[row] + (y[row] >= 0 ? 1 : -1) * share * size;
      if (z === 0) continue;
      for (let at = 0; at < columns; at++)
        back[at] += (x[at] * data[row * columns + at] * r[row]) / z;
    }
    return back;
  };
