import type { Picture, Scale } from '@patternlens/heatmap';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { inputPicture, shownInput } from './input-picture.js';
import { kindOf, mapScale, type MapKind } from './map-scale.js';
import { pictured, type Pictured } from './pictured.js';

/** What is drawn for a method now. */
export interface ShownMap {
  readonly kind: MapKind;
  readonly map: Pictured;
  readonly scale: Scale;
  /** The true relevance is the shown one times 2^exponent. */
  readonly exponent: number;
  /** Samples whose maps share the scale. */
  readonly samples: number;
  readonly input: Picture | undefined;
  readonly channelOrder: 'rgb' | 'bgr';
}

/** The map of a method by the current look; undefined where there is none. Signals that it reads make it anew. */
export function shownMap(
  { state, explaining }: App,
  { id, text }: ChosenMethod,
): ShownMap | undefined {
  const explanation = state.results.value.get(text)?.explanation;
  const input = shownInput(state);
  const relevance = input && explanation?.relevanceByInput[input.name];
  if (!explanation || !relevance) return undefined;
  const look = state.look.value;
  const current = state.sample.value;
  const map = pictured(relevance, input.axes);
  const kind = kindOf(id, map, look);
  const others =
    look.scope === 'method'
      ? explaining.explained(text).flatMap(({ relevanceByInput }) => {
          const other = relevanceByInput[input.name];
          return other ? [pictured(other, input.axes)] : [];
        })
      : [];
  return {
    ...{ kind, map, scale: mapScale(kind, map, look, others) },
    exponent: explanation.exponents[0]!,
    samples: Math.max(1, others.length),
    input: current && inputPicture(input, current.sample, current.set),
    channelOrder: current?.set.preprocessing?.values.channels === 'bgr' ? 'bgr' : 'rgb',
  };
}
