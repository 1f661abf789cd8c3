import type { Picture } from '../pictures/picture.js';

/** Where a text's x is: at its left end, its middle or its right end. */
export type Anchor = 'start' | 'middle' | 'end';

export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly anchor?: Anchor;
  /** Degrees clockwise about x and y. */
  readonly turn?: number;
}

/** A rectangle, with its border just outside of it. */
export interface BoxMark {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: string;
  readonly border?: string;
}

export interface LineMark {
  readonly kind: 'line';
  /** x and y in turn. */
  readonly points: readonly number[];
  readonly colour: string;
  /** In pixels; 1 where not given. */
  readonly width?: number;
  /** Lengths of dashes and gaps in turn. */
  readonly dash?: readonly number[];
}

/** A filled area. */
export interface PolygonMark {
  readonly kind: 'polygon';
  /** x and y in turn. */
  readonly points: readonly number[];
  readonly fill: string;
  /** 1 where not given. */
  readonly opacity?: number;
}

/** Pixels at their place, whole numbers, never resampled. No other mark lies on them. */
export interface RasterMark {
  readonly kind: 'raster';
  readonly x: number;
  readonly y: number;
  readonly picture: Picture;
}

export type Mark = TextMark | BoxMark | LineMark | PolygonMark | RasterMark;

/** A figure before it is drawn: a white page of marks in pixels from the upper left. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** What the page shows, in words. */
  readonly description: string;
  readonly marks: readonly Mark[];
}

/** Text in the greys of a figure: black for what is read first. */
export const INK = { strong: '#111', normal: '#333', faint: '#666', rule: '#bbb' } as const;
