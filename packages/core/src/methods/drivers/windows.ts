/** Where a window begins and ends on one axis, the end not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Windows of one axis at 0, stride, 2 stride ... up to the first that reaches the end, clipped there. */
export function spansOf(size: number, patch: number, stride: number): readonly Span[] {
  const count = Math.max(Math.ceil((size - patch) / stride), 0) + 1;
  return Array.from({ length: count }, (_, k) => ({
    from: k * stride,
    to: Math.min(k * stride + patch, size),
  }));
}

/** One span an axis for each place of a window, the last axis running fastest. */
export function boxesOf(spans: readonly (readonly Span[])[]): {
  readonly count: number;
  readonly box: (index: number) => readonly Span[];
} {
  return {
    count: spans.reduce((total, axisSpans) => total * axisSpans.length, 1),
    box: (index) => {
      const chosen: Span[] = [];
      let rest = index;
      for (const axisSpans of spans.toReversed()) {
        chosen.unshift(axisSpans[rest % axisSpans.length]!);
        rest = Math.floor(rest / axisSpans.length);
      }
      return chosen;
    },
  };
}

/** Calls `visit` with the flat place of every value inside a box. */
export function forEachInBox(
  sizes: readonly number[],
  box: readonly Span[],
  visit: (at: number) => void,
): void {
  const walk = (axis: number, before: number): void => {
    const { from, to } = box[axis]!;
    for (let at = from; at < to; at++) {
      const place = before * sizes[axis]! + at;
      if (axis === sizes.length - 1) visit(place);
      else walk(axis + 1, place);
    }
  };
  if (sizes.length === 0) visit(0);
  else walk(0, 0);
}
