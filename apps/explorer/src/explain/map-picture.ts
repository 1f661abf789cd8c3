import {
  colourMapNamed,
  heatToRgb,
  overlay,
  signalToRgb,
  type Picture,
  type Scale,
} from '@patternlens/heatmap';
import type { Look } from '../state/look.js';
import type { MapKind } from './map-scale.js';
import type { Pictured } from './pictured.js';

export interface MapParts {
  readonly kind: MapKind;
  readonly map: Pictured;
  readonly scale: Scale;
  readonly look: Pick<Look, 'colours' | 'gamma' | 'strength'>;
  /** The input as a picture: what overlays lie on. */
  readonly input: Picture | undefined;
  /** The order in which the network reads colours. */
  readonly channelOrder?: 'rgb' | 'bgr';
}

/** A map as pixels, one a value. */
export function mapPicture({ kind, map, scale, look, input, channelOrder }: MapParts): Picture {
  const { gamma, strength } = look;
  if (kind === 'signal')
    return signalToRgb(map.values, map.layout, { scale, channelOrder: channelOrder ?? 'rgb' });
  const colours = colourMapNamed(look.colours);
  return kind === 'overlay' && input
    ? overlay(input, map.plane, scale, colours, { gamma, strength })
    : heatToRgb(map.plane, scale, colours, gamma);
}
