/** Solves a small system by elimination with pivots; changes what it is given. */
export function solve(rows, right) {
  const n = right.length;
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(rows[row][column]) > Math.abs(rows[best][column])) best = row;
    [rows[column], rows[best]] = [rows[best], rows[column]];
    [right[column], right[best]] = [right[best], right[column]];
    for (let row = column + 1; row < n; row++) {
      const factor = rows[row][column] / rows[column][column];
      for (let k = column; k < n; k++) rows[row][k] -= factor * rows[column][k];
      right[row] -= factor * right[column];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) right[row] -= rows[row][k] * right[k];
    right[row] /= rows[row][row];
  }
  return right;
}
