import { scaleLog } from 'd3-scale';

type Rgb = readonly [number, number, number];

export type Theme = 'light' | 'dark';

export interface CellColours {
  readonly background: string;
  /** Text that reads on it, 4.5 to 1 or better. */
  readonly ink: string;
}

/** Errors at or below the first are at the pale end, at or above the second at the strong one. */
export const ERROR_DOMAIN: readonly [number, number] = [1e-8, 1];

/** From the page's own surface to what stands out most on it: lightness alone tells the order, in both themes. */
const RAMPS: Readonly<Record<Theme, readonly Rgb[]>> = {
  light: [
    [252, 252, 250],
    [252, 246, 228],
    [253, 234, 190],
    [249, 203, 120],
    [230, 143, 58],
    [178, 82, 24],
    [108, 40, 14],
  ],
  dark: [
    [32, 35, 41],
    [46, 42, 36],
    [74, 57, 31],
    [128, 86, 26],
    [196, 134, 34],
    [240, 185, 80],
    [255, 233, 176],
  ],
};

const INKS: readonly Rgb[] = [
  [0, 0, 0],
  [255, 255, 255],
];

const errorScale = scaleLog(ERROR_DOMAIN, [0, 1]).clamp(true);

/** Where an error stands on the scale, 0 to 1, by its logarithm. What is not finite stands at the strong end. */
export const errorShare = (error: number): number => (Number.isNaN(error) ? 1 : errorScale(error));

/** The colours of a cell with this error. */
export const errorColours = (error: number, theme: Theme): CellColours =>
  coloursAt(errorShare(error), theme);

/** The colours at a place of the scale, 0 to 1. */
export function coloursAt(share: number, theme: Theme): CellColours {
  const ramp = RAMPS[theme];
  const place = Math.max(0, Math.min(1, share)) * (ramp.length - 1);
  const at = Math.min(ramp.length - 2, Math.floor(place));
  const background = ramp[at]!.map((from, channel) =>
    Math.round(from + (ramp[at + 1]![channel]! - from) * (place - at)),
  ) as unknown as Rgb;
  const [black, white] = INKS as readonly [Rgb, Rgb];
  const ink = contrast(background, black) >= contrast(background, white) ? black : white;
  return { background: css(background), ink: css(ink) };
}

/** Contrast of two colours after WCAG 2: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const css = (colour: Rgb): string => `rgb(${colour.join(' ')})`;
