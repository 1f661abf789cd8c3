/** The value that would stand at the index if the values were sorted; afterwards none before it is larger, none behind it
 * smaller. Sheets scale dozens of maps, and sorting each would take most of their time. */
export function select(values: Float64Array, index: number): number {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const pivot = values[(first + last) >> 1]!;
    let [left, right] = [first, last];
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      [values[left], values[right]] = [values[right]!, values[left]!];
      left++;
      right--;
    }
    if (index <= right) last = right;
    else if (index >= left) first = left;
    else break;
  }
  return values[index]!;
}
