import type { Look } from '../looks/look.js';
import { mapDrawing, scaleOfMaps, type ShownMap } from '../looks/map-drawing.js';
import type { Scale } from '../maps/scale.js';
import { methodName } from '../methods/method-names.js';
import { numberText, powerOfTwo } from '../text/number-text.js';
import { joinFacts, methodText } from '../words/recipe-text.js';
import type { Sheet, SheetMethod, SheetScope } from './sheet.js';
import type { Column } from './sheet-column.js';

/** Marks a map that something is told of at the foot of the sheet. */
export const WARNED = '*';

/** A map, the power of two that its values are to be multiplied by, and the scale of its values as they are. */
interface ScaledMap {
  readonly map: ShownMap;
  readonly exponent: number;
  readonly scale: Scale;
}

/** The maps of one method, each by its own scale or all by one. */
export function methodColumn(
  { methods, rows, layout }: Sheet,
  at: number,
  look: Look,
  scope: SheetScope,
): Column {
  const method = methods[at]!;
  const { group } = method.recipe;
  const scaled = rows.map(({ input, maps }): ScaledMap => {
    const { relevance, exponent = 0 } = maps[at]!;
    const map = { relevance, layout, group, input };
    return { map, exponent, scale: scaleOfMaps([map], look) };
  });
  // A map without a scale of its own says so, and must not spoil the others'.
  const finite = scaled.filter(({ scale }) => scale.state === 'finite');
  const shared = scope === 'method' && finite.length > 0 ? sharedScale(finite, look) : undefined;
  return {
    heading: headingOf(method, methods),
    remark: shared ? `m = ${numberText(shared.limit)}${power(' × ', shared.exponent)}` : '',
    cells: scaled.map(({ map, exponent, scale }, row) => ({
      drawing: mapDrawing(
        map,
        look,
        shared && scale.state === 'finite' ? shared.at(exponent) : scale,
      ),
      note: joinFacts([
        rows[row]!.maps[at]!.note,
        shared || exponent === 0 ? undefined : power('values × ', exponent),
        (rows[row]!.maps[at]!.warnings ?? []).length === 0 ? undefined : WARNED,
      ]),
    })),
  };
}

interface SharedScale {
  /** What the ends of the colours stand for: limit times 2^exponent. */
  readonly limit: number;
  readonly exponent: number;
  /** The same scale for values that are to be multiplied by another power of two. */
  readonly at: (exponent: number) => Scale;
}

function sharedScale(maps: readonly ScaledMap[], look: Look): SharedScale {
  const largest = Math.max(...maps.map(({ exponent }) => exponent));
  const aligned = maps.map(({ map, exponent }) => timesPower(map, exponent - largest));
  const scale = scaleOfMaps(aligned, look);
  return {
    limit: scale.limit,
    exponent: largest,
    at: (exponent) => ({ ...scale, limit: scale.limit * 2 ** (largest - exponent) }),
  };
}

function timesPower(map: ShownMap, exponent: number): ShownMap {
  if (exponent === 0) return map;
  const { data, shape } = map.relevance;
  const factor = 2 ** exponent;
  return { ...map, relevance: { data: Float64Array.from(data, (value) => value * factor), shape } };
}

const power = (before: string, exponent: number): string =>
  exponent === 0 ? '' : before + powerOfTwo(exponent);

/** The method's name, with its parameters where the sheet shows the method more than once. */
function headingOf({ name, recipe }: SheetMethod, methods: readonly SheetMethod[]): string {
  if (name !== undefined) return name;
  const same = methods.filter((other) => other.recipe.method === recipe.method);
  return same.length > 1 ? methodText(recipe) : methodName(recipe.method);
}
