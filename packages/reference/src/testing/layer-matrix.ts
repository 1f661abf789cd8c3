import { neuronLayout, type LinearLayer } from '@patternlens/core';

/** One entry of a layer written out as a matrix: output `row` reads input `column` with weight number `weight`. */
export interface MatrixEntry {
  readonly row: number;
  readonly column: number;
  /** Index into the layer's weight tensor. */
  readonly weight: number;
}

export interface LayerMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly MatrixEntry[];
  /** The neuron (output channel) that a row belongs to. */
  readonly neuronOf: (row: number) => number;
}

const size = (shape: readonly number[]): number => shape.reduce((total, dim) => total * dim, 1);

/** All indices of a shape, in row-major order. */
function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, dim) => all.flatMap((index) => Array.from({ length: dim }, (_, at) => [...index, at])),
    [[]],
  );
}

function flat(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((at, own, axis) => at * shape[axis]! + own, 0);
}

/** Which output position each input position meets at each kernel offset, straight from the definition of a convolution. */
function convolutionEntries(
  layer: Extract<LinearLayer, { kind: 'convolution' }>,
  input: readonly number[],
  output: readonly number[],
): MatrixEntry[] {
  const { strides, dilations, padsBegin, groups } = layer.attributes;
  const shape = layer.parameters['weights']!.tensor.shape;
  const [outputs, perGroup, ...kernel] = shape as [number, number, ...number[]];
  const entries: MatrixEntry[] = [];
  for (const position of indices(output.slice(1))) {
    for (const offset of indices(kernel)) {
      const from = position.map(
        (own, axis) => own * strides[axis]! + offset[axis]! * dilations[axis]! - padsBegin[axis]!,
      );
      if (from.some((own, axis) => own < 0 || own >= input[axis + 1]!)) continue;
      for (let o = 0; o < outputs; o++) {
        for (let c = 0; c < perGroup; c++) {
          const channel = Math.floor(o / (outputs / groups)) * perGroup + c;
          entries.push({
            row: flat([o, ...position], output),
            column: flat([channel, ...from], input),
            weight: flat([o, c, ...offset], shape),
          });
        }
      }
    }
  }
  return entries;
}

/** A linear layer as a matrix over one flattened sample; shapes are without the batch. */
export function layerMatrix(
  layer: LinearLayer,
  input: readonly number[],
  output: readonly number[],
): LayerMatrix {
  const rows = size(output),
    columns = size(input);
  const spatial = (row: number): number => Math.floor(row / size(output.slice(1)));
  switch (layer.kind) {
    case 'dense': {
      const { neurons, inputs } = neuronLayout(layer);
      const positions = rows / neurons;
      const entries = indices([positions, neurons, inputs]).map(([p, o, i]) => ({
        row: p! * neurons + o!,
        column: p! * inputs + i!,
        weight: o! * inputs + i!,
      }));
      return { rows, columns, entries, neuronOf: (row) => row % neurons };
    }
    case 'scale': {
      const each = rows / size(layer.parameters['weights']!.tensor.shape);
      return {
        rows,
        columns,
        entries: Array.from({ length: rows }, (_, at) => ({
          row: at,
          column: at,
          weight: Math.floor(at / each),
        })),
        neuronOf: spatial,
      };
    }
    case 'convolution':
      return {
        rows,
        columns,
        entries: convolutionEntries(layer, input, output),
        neuronOf: spatial,
      };
    case 'transposed-convolution': {
      const like = {
        ...layer,
        kind: 'convolution',
        attributes: layer.attributes,
      } as unknown as Extract<LinearLayer, { kind: 'convolution' }>;
      const entries = convolutionEntries(like, output, input).map(({ row, column, weight }) => ({
        row: column,
        column: row,
        weight,
      }));
      return { rows, columns, entries, neuronOf: spatial };
    }
  }
}

/** `M x` for the matrix with the given weights. */
export function multiply(
  { rows, entries }: LayerMatrix,
  weights: ArrayLike<number>,
  x: ArrayLike<number>,
): number[] {
  const y = new Array<number>(rows).fill(0);
  for (const { row, column, weight } of entries) y[row]! += weights[weight]! * x[column]!;
  return y;
}

/** `M' r` for the matrix with the given weights. */
export function multiplyTransposed(
  { columns, entries }: LayerMatrix,
  weights: ArrayLike<number>,
  r: ArrayLike<number>,
): number[] {
  const x = new Array<number>(columns).fill(0);
  for (const { row, column, weight } of entries) x[column]! += weights[weight]! * r[row]!;
  return x;
}
