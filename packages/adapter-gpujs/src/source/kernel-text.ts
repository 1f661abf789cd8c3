import { product, stridesOf } from './sizes.js';

/** What differs between the modes in the text of a kernel. */
export interface Dialect {
  /** Whether numbers are float64 between what is read and what is written; else they are float32. */
  readonly isDouble: boolean;
  /** Whether `(a / b) | 0` is cheap, and right for whole numbers below 2^24. */
  readonly truncates: boolean;
  /** Whether `Math.pow` and `Math.tanh` are right for all arguments. */
  readonly hasFullMath: boolean;
}

export interface Term {
  readonly value: string;
  readonly factor: number;
}

/** The text of a gpu.js kernel that computes one element of a flat output, while it is being written. Sizes stand in it as numbers. */
export class KernelText {
  readonly dialect: Dialect;
  /** The shape of the output. */
  readonly shape: readonly number[];
  /** The flat index of the element that is computed. */
  readonly index = 'i';
  readonly #lines: string[] = [];
  readonly #quotients = new Map<number, string>();
  readonly #coordinates = new Map<number, string>();
  readonly #strides: readonly number[];
  #names = 0;
  #depth = 0;

  constructor(shape: readonly number[], dialect: Dialect) {
    this.shape = shape;
    this.dialect = dialect;
    this.#strides = stridesOf(shape);
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  /** A number that does not change. */
  constant(expression: string): string {
    if (/^-?[\w.]+$/.test(expression)) return expression;
    const name = this.#name('k');
    this.line(`const ${name} = ${expression};`);
    return name;
  }

  /** A float that is assigned to later. */
  variable(start: string): string {
    const name = this.#name('v');
    this.line(`let ${name} = ${start};`);
    return name;
  }

  /** Writes what `inside` writes between braces. */
  when(condition: string, inside: () => void): void {
    this.#block(`if (${condition}) {`, inside);
  }

  /** Writes `inside` once for each whole number below `count`: as a loop, or one after the other. */
  repeat(count: number, unrolled: boolean, inside: (at: string) => void): void {
    if (unrolled || count === 1) {
      for (let at = 0; at < count; at++) inside(String(at));
      return;
    }
    const name = this.#name('n');
    this.#block(`for (let ${name} = 0; ${name} < ${count}; ${name}++) {`, () => {
      inside(name);
    });
  }

  /** The whole part of `value / divisor`; `value` is not negative. */
  quotient(value: string, divisor: number): string {
    if (divisor === 1) return value;
    if (/^\d+$/.test(value)) return String(Math.floor(Number(value) / divisor));
    if (this.dialect.truncates) return this.constant(`((${value} / ${divisor}) | 0)`);
    // Division of floats may be wrong in its last places; what it says is corrected by whole numbers.
    const name = this.#name('q');
    this.line(`let ${name} = Math.floor(${value} / ${divisor});`);
    const rest = this.constant(`${value} - ${name} * ${divisor}`);
    this.line(`if (${rest} < 0) { ${name} = ${name} - 1; }`);
    this.line(`if (${rest} >= ${divisor}) { ${name} = ${name} + 1; }`);
    return name;
  }

  /** The element's index along an axis of the output. */
  coordinate(axis: number): string {
    const size = this.shape[axis]!;
    if (size === 1) return '0';
    const known = this.#coordinates.get(axis);
    if (known !== undefined) return known;
    const stride = this.#strides[axis]!;
    const upTo = this.#quotient(stride);
    const isFirst = product(this.shape.slice(0, axis)) === 1;
    const made = isFirst
      ? upTo
      : this.constant(`${upTo} - ${this.#quotient(stride * size)} * ${size}`);
    if (this.#depth === 0) this.#coordinates.set(axis, made);
    return made;
  }

  /** The element's indices along all axes. */
  coordinates(): string[] {
    return this.shape.map((_, axis) => this.coordinate(axis));
  }

  /** The function, with its parameters, once the value of the element is known. */
  finish(parameters: readonly string[], value: string): string {
    return `function (${parameters.join(', ')}) {\nconst i = this.thread.x;\n${this.#lines.join('\n')}\nreturn ${value};\n}`;
  }

  #name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  #block(head: string, inside: () => void): void {
    this.line(head);
    this.#depth++;
    inside();
    this.#depth--;
    this.line('}');
  }

  #quotient(stride: number): string {
    const known = this.#quotients.get(stride);
    if (known !== undefined) return known;
    const made = this.quotient(this.index, stride);
    // What is written between braces is not known behind them.
    if (this.#depth === 0) this.#quotients.set(stride, made);
    return made;
  }
}

/** The text of `sum of value * factor, plus constant`. */
export function linear(terms: readonly Term[], constant = 0): string {
  let sum = constant;
  const parts: string[] = [];
  for (const { value, factor } of terms) {
    if (/^-?\d+$/.test(value)) sum += Number(value) * factor;
    else if (factor !== 0) parts.push(factor === 1 ? value : `${value} * ${factor}`);
  }
  if (parts.length === 0) return String(sum);
  const text = parts.join(' + ');
  if (sum === 0) return text;
  return sum > 0 ? `${text} + ${sum}` : `${text} - ${-sum}`;
}

/** The text of a sum, added in pairs: its rounding errors and its latency grow with the logarithm. */
export function pairwise(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0]!;
  const half = Math.ceil(terms.length / 2);
  return `(${pairwise(terms.slice(0, half))} + ${pairwise(terms.slice(half))})`;
}
