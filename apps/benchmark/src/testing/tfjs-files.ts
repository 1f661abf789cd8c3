import { normals } from '@patternlens/core/tensor';

/** Files of a model by their names. */
export type NamedFiles = Readonly<Record<string, Uint8Array>>;

const SHAPES = {
  'first/kernel': [4, 6],
  'first/bias': [6],
  'last/kernel': [6, 3],
  'last/bias': [3],
} as const;

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, dim) => size * dim, 1);

/** Two dense layers with a rectifier between them, their weights in two shards that end within a tensor. */
function files(topology: object): NamedFiles {
  const draw = normals(3);
  const floats = Object.values(SHAPES).flatMap((shape) =>
    Array.from({ length: sizeOf(shape) }, draw),
  );
  const bytes = new Uint8Array(Float32Array.from(floats).buffer);
  const paths = ['group1-shard1of2.bin', 'group1-shard2of2.bin'] as const;
  const model = {
    ...topology,
    weightsManifest: [
      {
        paths,
        weights: Object.entries(SHAPES).map(([name, shape]) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
  return {
    'model.json': new Uint8Array(Buffer.from(JSON.stringify(model))),
    [paths[0]]: bytes.subarray(0, 50),
    [paths[1]]: bytes.subarray(50),
  };
}

const dense = (name: string, units: number, more: object) => ({
  class_name: 'Dense',
  config: { name, units, use_bias: true, trainable: true, dtype: 'float32', ...more },
});

/** A layers model of TensorFlow.js. */
export const layersFiles = (): NamedFiles =>
  files({
    format: 'layers-model',
    modelTopology: {
      keras_version: '2.0.0',
      backend: 'tensor_flow.js',
      model_config: {
        class_name: 'Sequential',
        config: {
          name: 'small',
          layers: [
            dense('first', 6, { activation: 'relu', batch_input_shape: [null, 4] }),
            dense('last', 3, { activation: 'linear' }),
          ],
        },
      },
    },
  });

const shapeOf = (shape: readonly number[]) => ({
  dim: shape.map((size) => ({ size: String(size) })),
});

const node = (op: string, name: string, input: readonly string[], attr: object = {}) => ({
  op,
  name,
  input,
  attr: { T: { type: 'DT_FLOAT' }, ...attr },
});

/** The same network as a graph model. */
export const graphFiles = (): NamedFiles =>
  files({
    format: 'graph-model',
    modelTopology: {
      node: [
        node('Placeholder', 'x', [], {
          dtype: { type: 'DT_FLOAT' },
          shape: { shape: shapeOf([-1, 4]) },
        }),
        ...Object.entries(SHAPES).map(([name, shape]) =>
          node('Const', name, [], {
            dtype: { type: 'DT_FLOAT' },
            value: { tensor: { dtype: 'DT_FLOAT', tensorShape: shapeOf(shape) } },
          }),
        ),
        node('MatMul', 'first', ['x', 'first/kernel']),
        node('BiasAdd', 'first/sum', ['first', 'first/bias']),
        node('Relu', 'rectifier', ['first/sum']),
        node('MatMul', 'last', ['rectifier', 'last/kernel']),
        node('BiasAdd', 'last/sum', ['last', 'last/bias']),
      ],
      versions: {},
    },
  });
