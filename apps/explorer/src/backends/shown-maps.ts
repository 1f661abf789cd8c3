import { scaleOf, type Plane, type Scale } from '@patternlens/heatmap';
import type { App } from '../state/app.js';
import type { ComparedRow, Comparison } from './comparison.js';
import { differenceFactor, enlarged } from './difference-factor.js';

/** One scale for all maps of a method: that of float64's; until there is one, the row's own. */
export function sharedScale(
  { state }: App,
  { reference, rows }: Comparison,
  shown: string,
): Scale | undefined {
  const plane = [reference, ...rows]
    .map(({ cells }) => cells.get(shown)?.map)
    .find((map) => map !== undefined);
  return plane && scaleOfPlane(plane, state.look.value.quantile);
}

const scales = new WeakMap<Plane, Scale & { readonly asked: number }>();

/** A cursor that moves asks for it again and again. */
function scaleOfPlane(plane: Plane, quantile: number): Scale {
  const before = scales.get(plane);
  if (before?.asked === quantile) return before;
  const made = { ...scaleOf(plane.values, quantile), asked: quantile };
  scales.set(plane, made);
  return made;
}

interface Enlarged {
  readonly limit: number;
  readonly plane: Plane;
  readonly factor: number;
}

const kept = new WeakMap<Plane, Enlarged | { readonly limit: number }>();

/** A row's difference, enlarged so that it can be seen; undefined where there is none. */
export function enlargedDifference(
  { cells }: ComparedRow,
  shown: string,
  { limit }: Scale,
): Enlarged | undefined {
  const difference = cells.get(shown)?.difference;
  if (!difference) return undefined;
  let made = kept.get(difference);
  if (made?.limit !== limit) {
    const factor = differenceFactor(difference, limit);
    made =
      factor === undefined ? { limit } : { limit, factor, plane: enlarged(difference, factor) };
    kept.set(difference, made);
  }
  return 'plane' in made ? made : undefined;
}
