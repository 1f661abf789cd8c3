/** Opaque pixels, row-major, four bytes each: red, green, blue and 255. In a page: `new ImageData(data, width)`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture whose colours are made pixel by pixel. `paint` writes red, green and blue of pixel `at` from `offset` on. */
export function createPicture(
  width: number,
  height: number,
  paint: (data: Uint8ClampedArray, offset: number, at: number) => void,
): Picture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    paint(data, at * 4, at);
    data[at * 4 + 3] = 255;
  }
  return { width, height, data };
}

/** A picture of one colour. */
export const flatPicture = (width: number, height: number, colour: Colour): Picture =>
  createPicture(width, height, (data, offset) => {
    data.set(colour, offset);
  });
