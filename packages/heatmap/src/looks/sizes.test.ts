import { cellSize, singleSize } from './sizes.js';

const image = (width: number, height: number) => ({ width, height, strip: false });
const strip = (width: number, height: number) => ({ width, height, strip: true });

describe('singleSize', () => {
  it.each([
    [image(28, 28), 308, 308],
    [image(16, 16), 320, 320],
    [image(63, 10), 315, 50],
    [image(227, 227), 320, 320],
    [image(64, 32), 320, 160],
    [image(500, 400), 500, 400],
    [image(1, 100), 3, 320],
    [strip(12, 1), 480, 56],
    [strip(187, 1), 561, 56],
    [strip(1000, 1), 1000, 56],
    [strip(16000, 1), 1024, 56],
    [strip(128, 9), 512, 90],
    [strip(100, 1000), 500, 5000],
    [strip(1, 1), 480, 56],
  ])('of %j is %d x %d', (native, width, height) => {
    expect(singleSize(native)).toEqual({ width, height });
  });
});

describe('cellSize', () => {
  it.each([
    [image(16, 16), 130, undefined, 128, 128],
    [image(28, 28), 130, undefined, 112, 112],
    [image(63, 63), 130, undefined, 126, 126],
    [image(227, 227), 130, undefined, 130, 130],
    [image(227, 227), 240, undefined, 227, 227],
    [image(64, 64), 240, undefined, 120, 120],
    [image(16, 16), 64, 64, 64, 64],
    [image(227, 100), 300, 300, 300, 132],
    [strip(12, 1), 130, undefined, 132, 40],
    [strip(187, 1), 130, undefined, 187, 40],
    [strip(1000, 1), 130, undefined, 130, 40],
  ])('of %j in %d (wanted %p) is %d x %d', (native, room, wanted, width, height) => {
    expect(cellSize(native, room, wanted)).toEqual({ width, height });
  });
});
