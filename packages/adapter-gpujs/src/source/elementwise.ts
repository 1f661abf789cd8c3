import type { BinaryKind, Operation, Relation, UnaryKind } from '@patternlens/core/backend';
import type { KernelText } from './kernel-text.js';

/** Operations that compute each element from the same elements of their operands. */
const ELEMENTWISE: ReadonlySet<string> = new Set<Operation['kind']>([
  ...(['neg', 'abs', 'exp', 'log', 'sqrt', 'tanh', 'sigmoid', 'erf', 'relu'] as const),
  ...(['sin', 'cos', 'atan', 'floor'] as const),
  ...(['add', 'sub', 'mul', 'div', 'safeDiv', 'min', 'max', 'pow', 'compare', 'select'] as const),
]);

export const isElementwise = (kind: string): boolean => ELEMENTWISE.has(kind);

/** Terms of the series of the error function, enough for float32 below `ERF_IS_ONE`. */
const ERF_TERMS = 52;
const ERF_IS_ONE = 4;

/** `2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!`: a series of terms of one sign. */
function erf(text: KernelText, x: string): string {
  const result = text.variable('1');
  text.when(`${x} < 0`, () => {
    text.line(`${result} = -1;`);
  });
  text.when(`Math.abs(${x}) < ${ERF_IS_ONE}`, () => {
    const term = text.variable(x);
    const sum = text.variable(x);
    const odd = text.variable('1');
    const square = text.constant(`2 * ${x} * ${x}`);
    text.repeat(ERF_TERMS, false, () => {
      text.line(`${odd} = ${odd} + 2;`);
      text.line(`${term} = ${term} * (${square} / ${odd});`);
      text.line(`${sum} = ${sum} + ${term};`);
    });
    text.line(`${result} = ${2 / Math.sqrt(Math.PI)} * Math.exp(-(${x} * ${x})) * ${sum};`);
  });
  return result;
}

const unary: { readonly [K in UnaryKind]: (text: KernelText, x: string) => string } = {
  neg: (_text, x) => `(-${x})`,
  abs: (_text, x) => `Math.abs(${x})`,
  exp: (_text, x) => `Math.exp(${x})`,
  log: (_text, x) => `Math.log(${x})`,
  sqrt: (_text, x) => `Math.sqrt(${x})`,
  // Shaders may compute it from exponentials, which overflow.
  tanh: (text, x) =>
    text.dialect.hasFullMath ? `Math.tanh(${x})` : `Math.tanh(Math.max(Math.min(${x}, 15), -15))`,
  sigmoid: (_text, x) => `(1 / (1 + Math.exp(-${x})))`,
  erf,
  sin: (_text, x) => `Math.sin(${x})`,
  cos: (_text, x) => `Math.cos(${x})`,
  atan: (_text, x) => `Math.atan(${x})`,
  floor: (_text, x) => `Math.floor(${x})`,
  relu: (_text, x) => `Math.max(${x}, 0)`,
};

/** `a` to a power that is known, where multiplying or roots do. */
const knownPowers: Readonly<Record<string, (a: string) => string>> = {
  '0.5': (a) => `Math.sqrt(${a})`,
  '-0.5': (a) => `(1 / Math.sqrt(${a}))`,
  '1': (a) => a,
  '-1': (a) => `(1 / ${a})`,
  '2': (a) => `(${a} * ${a})`,
  '3': (a) => `(${a} * ${a} * ${a})`,
};

/** Shaders know powers of positive numbers only. */
function pow(text: KernelText, a: string, b: string): string {
  const known = knownPowers[b];
  if (known) return known(a);
  if (text.dialect.hasFullMath) return `Math.pow(${a}, ${b})`;
  const result = text.variable('1');
  text.when(`${b} !== 0`, () => {
    text.line(`${result} = 0;`);
    text.when(`${a} !== 0 || ${b} < 0`, () => {
      text.line(`${result} = Math.pow(Math.abs(${a}), ${b});`);
    });
    text.when(`${a} < 0`, () => {
      text.when(`Math.abs(${b} - 2 * Math.floor(${b} / 2)) === 1`, () => {
        text.line(`${result} = -${result};`);
      });
    });
  });
  return result;
}

function chosen(text: KernelText, condition: string, a: string, b: string): string {
  const result = text.variable(b);
  text.when(condition, () => {
    text.line(`${result} = ${a};`);
  });
  return result;
}

const binary: {
  readonly [K in BinaryKind]: (text: KernelText, a: string, b: string) => string;
} = {
  add: (_text, a, b) => `(${a} + ${b})`,
  sub: (_text, a, b) => `(${a} - ${b})`,
  mul: (_text, a, b) => `(${a} * ${b})`,
  div: (_text, a, b) => `(${a} / ${b})`,
  safeDiv: (text, a, b) => chosen(text, `${b} !== 0`, `${a} / ${b}`, '0'),
  min: (_text, a, b) => `Math.min(${a}, ${b})`,
  max: (_text, a, b) => `Math.max(${a}, ${b})`,
  pow,
};

const relations: { readonly [R in Relation]: string } = {
  greater: '>',
  greaterOrEqual: '>=',
  less: '<',
  lessOrEqual: '<=',
  equal: '===',
};

/** The text of an elementwise operation on operands that are given as text. */
export function elementwise(
  text: KernelText,
  operation: Operation,
  operands: readonly string[],
): string {
  const [a, b, c] = operands.map((operand) => text.constant(operand)) as [string, string, string];
  if (operation.kind === 'compare')
    return chosen(text, `${a} ${relations[operation.relation]} ${b}`, '1', '0');
  if (operation.kind === 'select') return chosen(text, `${a} !== 0`, b, c);
  if (operation.kind in unary) return unary[operation.kind as UnaryKind](text, a);
  return binary[operation.kind as BinaryKind](text, a, b);
}
