import {
  build,
  division,
  type ImportContext,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';

/** A value over its length along an axis, by sizes or by squares; where that is 0 the value stays 0, as ONNX Runtime has it. */
export function lengthOne(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  order: 1 | 2,
  axis: number,
): RuntimeValue {
  const { reduced } = build.reductions[order === 1 ? 'sum-of-sizes' : 'sum-of-squares'];
  const total = reduced(context, place.part('sum'), x, [axis]);
  const safe = division.withoutZeros(context, place.part('divisor'), total);
  if (order === 1) return build.pair(context, place, 'quotient', [x, safe]);
  const root = { function: 'sqrt' } as const;
  const norm = context.layer(place.part('norm'), 'pointwise', [safe], root, {}, 'as-first');
  return build.pair(context, place, 'quotient', [x, norm]);
}
