import type { Value } from '../program/program-builder.js';
import type { Lines } from './lines.js';

/** Pi in parts of few bits, so that float32 holds whole and half multiples of the first two exactly (Cody and Waite 1980). */
const PI_PARTS = [3.140625, 9.67502593994140625e-4, 1.5099579909783765e-7];

/** `1 - s/3! + s^2/5! - ...`, the highest power first: below half a step of float32 on a quarter turn. */
const COEFFICIENTS = [-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1];

/** The sine or cosine of a value, of sums and products: with `x = (k - shift) pi + r` it is `(-1)^k sin(r)`, where a shift of a half makes the cosine. */
export function sineSeries(lines: Lines, kind: 'sin' | 'cos', x: Value): Value {
  const write: Lines['write'] = (operation, ...operands) => lines.write(operation, ...operands);
  const add = (a: Value, b: number): Value => write({ kind: 'add' }, a, lines.scalar(b));
  const scaled = (a: Value, b: number): Value => write({ kind: 'mul' }, a, lines.scalar(b));
  const less = (a: Value, b: Value): Value => write({ kind: 'sub' }, a, b);
  const times = (a: Value, b: Value): Value => write({ kind: 'mul' }, a, b);
  const floor = (a: Value): Value => write({ kind: 'floor' }, a);
  const shift = kind === 'sin' ? 0 : 0.5;
  const halfTurns = floor(add(scaled(x, 1 / Math.PI), 0.5 + shift));
  const multiple = shift === 0 ? halfTurns : add(halfTurns, -shift);
  const rest = PI_PARTS.reduce((value, part) => less(value, scaled(multiple, part)), x);
  const square = times(rest, rest);
  const [highest, ...lower] = COEFFICIENTS;
  const series = lower.reduce(
    (sum, coefficient, at) =>
      add(at === 0 ? scaled(square, highest!) : times(sum, square), coefficient),
    square,
  );
  const isOdd = less(halfTurns, scaled(floor(scaled(halfTurns, 0.5)), 2));
  const sign = add(scaled(isOdd, -2), 1);
  return times(times(rest, series), sign);
}
