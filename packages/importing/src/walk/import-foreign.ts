import { messageOf, PatternLensError, type Tensor } from '@patternlens/core';
import {
  importNode,
  type AddLayer,
  type ForeignNode,
  type LayerImports,
  type Parameter,
} from '@patternlens/core/network';
import { formatShape } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { windowed } from '../layers/windows.js';
import { networkShape } from '../values/axis-order.js';
import type { Imported, RuntimeValue } from '../values/values.js';

export interface ForeignParts {
  /** The operator's or class's full name. */
  readonly operator: string;
  readonly inputs: readonly (Imported | undefined)[];
  readonly attributes: ForeignNode['attributes'];
  readonly constant: ForeignNode['constant'];
}

const asParameter = (value: Parameter | Tensor | undefined): Parameter | undefined =>
  value === undefined || 'tensor' in value ? value : { tensor: value };

/** A value as plug-ins see it: samples, channels, places. */
function batchFirst(context: ImportContext, place: Place, value: RuntimeValue): RuntimeValue {
  const { value: seen, several } = windowed(context, place, value, place.voice.channelsLast);
  return several
    ? place.unsupported(
        `a plug-in reads ${formatShape(value.shape)}, whose axis 0 is not the batch.`,
      )
    : seen;
}

/** Lets a plug-in make layers of a layer or node: the first takes its name, further ones `NAME/2` and so on.
 * @throws PatternLensError naming the plug-in and the place. */
export function importForeign(
  owned: NonNullable<ReturnType<LayerImports['get']>>,
  place: Place,
  context: ImportContext,
  { operator, inputs, attributes, constant }: ForeignParts,
): RuntimeValue {
  const values = new Map<unknown, RuntimeValue>();
  // Plug-ins see the shape that the network has a value in.
  const shown = (value: RuntimeValue): RuntimeValue => {
    const seen = { ...value, shape: networkShape(value.shape, value.order) };
    values.set(seen, value);
    return seen;
  };
  let added = 0;
  const add: AddLayer = (kind, read, given, parameters = {}) => {
    added++;
    const at = added === 1 ? place : place.part(String(added));
    const kept = Object.entries(parameters).map(([name, value]) => [name, asParameter(value)]);
    return shown(
      context.layer(
        at,
        kind,
        read.map((value) => values.get(value)!),
        given,
        Object.fromEntries(kept) as Record<string, Parameter | undefined>,
        'as-first',
      ),
    );
  };
  const node = {
    framework: place.voice.framework,
    operator,
    name: place.name,
    inputs: inputs.map((input) =>
      input?.kind === 'runtime' ? shown(batchFirst(context, place, input)) : undefined,
    ),
    attributes,
    constant,
  };
  try {
    const made = importNode(owned, node, add);
    context.plugins.add(owned.plugin);
    return values.get(made)!;
  } catch (cause) {
    const known = cause instanceof PatternLensError;
    throw new PatternLensError(
      place.voice.scope,
      known ? cause.code : 'plugin-failed',
      messageOf(cause),
      {
        ...(known ? cause.subject : {}),
        ...place.subject,
        about: `${place.kind} "${place.name}"`,
      },
      cause,
    );
  }
}
