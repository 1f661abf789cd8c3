import { methodGroup, scaleOf, scalesOf, type Scale } from '@patternlens/heatmap';
import type { Look } from '../state/look.js';
import type { Pictured } from './pictured.js';

/** What a map is drawn as. */
export type MapKind = 'heat' | 'signal' | 'overlay';

/** What a look makes of a method's map: in `auto`, attributions are heat, the other groups have the colours of their input where it is an image. */
export function kindOf(
  method: string,
  { isImage }: Pictured,
  { look }: Pick<Look, 'look'>,
): MapKind {
  if (look === 'heat' || look === 'overlay') return look;
  const asSignal = look === 'signal' || methodGroup(method) !== 'attribution';
  return asSignal && isImage ? 'signal' : 'heat';
}

/** The scales of maps, as signals and as heat, and what they were at the quantiles that were asked for. */
const known = new WeakMap<Pictured, Map<string, (percent: number) => Scale>>();

function scalesOfMap(map: Pictured, isSignal: boolean): (percent: number) => Scale {
  const scales = known.get(map) ?? new Map<string, (percent: number) => Scale>();
  known.set(map, scales);
  const before = scales.get(String(isSignal));
  if (before) return before;
  const at = scalesOf(isSignal ? map.values.data : map.plane.values);
  let last: Scale | undefined;
  let lastPercent: number | undefined;
  // The same object for the same quantile: what follows a scale need not look into it.
  const remembering = (percent: number): Scale => {
    if (!last || lastPercent !== percent) [last, lastPercent] = [at(percent), percent];
    return last;
  };
  scales.set(String(isSignal), remembering);
  return remembering;
}

/** The scale of a map, or of all samples of its method together. Signals are scaled by their largest value. */
export function mapScale(
  kind: MapKind,
  map: Pictured,
  { quantile, scope }: Pick<Look, 'quantile' | 'scope'>,
  others: readonly Pictured[] = [],
): Scale {
  const isSignal = kind === 'signal';
  const percent = isSignal ? 100 : quantile;
  if (scope === 'map' || others.length < 2) return scalesOfMap(map, isSignal)(percent);
  return scaleOf(
    others.map(({ values, plane }) => (isSignal ? values.data : plane.values)),
    percent,
  );
}
