import type { TensorData } from '@patternlens/core';
import type { Size } from '../looks/sizes.js';
import type { Block } from './block.js';
import { INK } from './page.js';

const PADDING = 6;

/** One signal as a line within a thin border, each point over the middle of its column of a strip of the same width; a faint
 * line at zero where the signal crosses it. Points that are not finite leave no trace. */
export function linePlotBlock(values: TensorData, { width, height }: Size): Block {
  const finite = Array.from(values).filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((highest, value) => Math.max(highest, value), -Infinity);
  const yOf = (value: number): number =>
    high === low
      ? height / 2
      : height - PADDING - ((value - low) / (high - low)) * (height - 2 * PADDING);
  const points = Array.from(values).flatMap((value, at) =>
    Number.isFinite(value) ? [((at + 0.5) * width) / values.length, yOf(value)] : [],
  );
  return {
    width,
    height,
    marks: [
      { kind: 'box', x: 0, y: 0, width, height, border: INK.rule },
      ...(low < 0 && high > 0
        ? [{ kind: 'line', points: [0, yOf(0), width, yOf(0)], colour: '#ddd' } as const]
        : []),
      { kind: 'line', points, colour: INK.normal },
    ],
  };
}
