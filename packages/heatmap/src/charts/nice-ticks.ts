/** Round numbers within a range, about as many as asked for: steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, about: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) =>
    // Rounded to the step's own digits, so that 0.3 is not 0.30000000000000004.
    Number(((first + at) * step).toPrecision(12)),
  );
}

/** Ticks as text, all with as many decimals as the step has. */
export function tickTexts(ticks: readonly number[]): string[] {
  const decimals = Math.max(
    0,
    ...ticks.map((tick) => String(tick).split('.')[1]?.replace(/e.*/, '').length ?? 0),
  );
  return ticks.map((tick) => {
    const size = Math.abs(tick);
    const text =
      size >= 1e6 || (size > 0 && size < 1e-4) ? tick.toExponential() : tick.toFixed(decimals);
    return text.replace('-', '−');
  });
}
