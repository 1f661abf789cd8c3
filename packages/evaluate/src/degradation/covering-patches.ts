/** Patches that cover every place: those at the far ends are cut off at the border. Patches in row-major order. */
export function coveringPatches(spatial: readonly number[], patch: number): Uint32Array[] {
  const grid = spatial.map((size) => Math.ceil(size / patch));
  const positions = spatial.reduce((total, size) => total * size, 1);
  const places = Array.from(
    { length: grid.reduce((total, size) => total * size, 1) },
    () => [] as number[],
  );
  for (let position = 0; position < positions; position++) {
    let rest = position,
      index = 0,
      step = 1;
    for (let axis = spatial.length - 1; axis >= 0; axis--) {
      index += Math.floor((rest % spatial[axis]!) / patch) * step;
      step *= grid[axis]!;
      rest = Math.floor(rest / spatial[axis]!);
    }
    places[index]!.push(position);
  }
  return places.map((places) => Uint32Array.from(places));
}
