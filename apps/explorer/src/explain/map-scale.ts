import { methodGroup, scaleOf, type Scale } from '@patternlens/heatmap';
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

/** The scales of maps by what they were made of: sliders ask for the same ones again. */
const known = new WeakMap<Pictured, Map<string, Scale>>();

/** The scale of a map, or of all samples of its method together. Signals are scaled by their largest value. */
export function mapScale(
  kind: MapKind,
  map: Pictured,
  { quantile, scope }: Pick<Look, 'quantile' | 'scope'>,
  others: readonly Pictured[] = [],
): Scale {
  const together = scope === 'method' && others.length > 0 ? others : [map];
  const valuesOf = ({ values, plane }: Pictured) =>
    kind === 'signal' ? values.data : plane.values;
  const percent = kind === 'signal' ? 100 : quantile;
  if (together.length > 1) return scaleOf(together.map(valuesOf), percent);
  const key = `${kind === 'signal'} ${percent}`;
  const scales = known.get(map) ?? new Map<string, Scale>();
  known.set(map, scales);
  const before = scales.get(key);
  if (before) return before;
  const made = scaleOf(valuesOf(map), percent);
  if (scales.size > 64) scales.clear();
  scales.set(key, made);
  return made;
}
