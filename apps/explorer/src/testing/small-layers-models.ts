import { given, type Given } from './given.js';

type Json = Readonly<Record<string, unknown>>;

/** A layer by what it reads. */
interface SmallLayer {
  readonly class: string;
  readonly name: string;
  readonly config?: Json;
  readonly from?: readonly string[];
  /** Its weights by their names, each with its shape. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
}

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** A functional model of TensorFlow.js, its weights in as many shards as asked. */
export function layersModel(
  layers: readonly SmallLayer[],
  { shards = 1, folder = '' } = {},
): readonly Given[] {
  const specs = layers.flatMap(({ name, weights = {} }) =>
    Object.entries(weights).map(([weight, shape]) => ({
      name: `${name}/${weight}`,
      shape,
      dtype: 'float32',
    })),
  );
  const total = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const values = Buffer.from(
    Float32Array.from({ length: total }, (_, at) => Math.sin(at + 1)).buffer,
  );
  const paths = Array.from({ length: shards }, (_, at) => `group1-shard${at + 1}of${shards}.bin`);
  const each = Math.ceil(values.length / shards);
  const isInput = (layer: SmallLayer): boolean => layer.class === 'InputLayer';
  const place = ({ name }: SmallLayer): readonly unknown[] => [name, 0, 0];
  const topology = {
    class_name: 'Functional',
    config: {
      name: 'small',
      layers: layers.map((layer) => ({
        class_name: layer.class,
        name: layer.name,
        config: { name: layer.name, trainable: true, dtype: 'float32', ...layer.config },
        inbound_nodes: layer.from ? [layer.from.map((name) => [name, 0, 0, {}])] : [],
      })),
      input_layers: layers.filter(isInput).map(place),
      output_layers: [place(layers.at(-1)!)],
    },
  };
  const json = {
    format: 'layers-model',
    generatedBy: 'keras v2.9.0',
    modelTopology: { keras_version: '2.9.0', backend: 'tensorflow', model_config: topology },
    weightsManifest: [{ paths, weights: specs }],
  };
  return [
    given(`${folder}model.json`, JSON.stringify(json)),
    ...paths.map((path, at) =>
      given(`${folder}${path}`, values.subarray(at * each, (at + 1) * each)),
    ),
  ];
}

const input = (name: string, ...shape: readonly (number | null)[]): SmallLayer => ({
  class: 'InputLayer',
  name,
  config: { batch_input_shape: [null, ...shape], sparse: false },
});

const dense = (name: string, from: string, inputs: number, units: number): SmallLayer => ({
  class: 'Dense',
  name,
  config: { units, activation: 'linear', use_bias: true },
  from: [from],
  weights: { kernel: [inputs, units], bias: [units] },
});

const convolution = (
  name: string,
  from: string,
  channels: number,
  filters: number,
): SmallLayer => ({
  class: 'Conv2D',
  name,
  config: {
    filters,
    kernel_size: [3, 3],
    strides: [1, 1],
    padding: 'same',
    data_format: 'channels_last',
    dilation_rate: [1, 1],
    activation: 'relu',
    use_bias: true,
  },
  from: [from],
  weights: { kernel: [3, 3, channels, filters], bias: [filters] },
});

const pooled = (from: string): SmallLayer => ({
  class: 'GlobalAveragePooling2D',
  name: 'pool',
  config: { data_format: 'channels_last' },
  from: [from],
});

/** A model of photos of 16 x 16 pixels, with three classes. */
export const photoModel = (
  options?: Parameters<typeof layersModel>[1],
  size: number | null = 16,
): readonly Given[] =>
  layersModel(
    [
      input('photo', size, size, 3),
      convolution('conv1', 'photo', 3, 4),
      pooled('conv1'),
      dense('logits', 'pool', 4, 3),
    ],
    options,
  );

/** A model that adds what it makes of two inputs. */
export const twoInputModel = (): readonly Given[] =>
  layersModel([
    input('image', 6),
    input('state', 4),
    dense('left', 'image', 6, 3),
    dense('right', 'state', 4, 3),
    { class: 'Add', name: 'sum', from: ['left', 'right'] },
  ]);

/** A model with layers that are not known, under hostile names. */
export const strangeModel = (): readonly Given[] =>
  layersModel([
    input('x', 4),
    { class: '<img src=x onerror=alert(1)>', name: '<b>odd</b>', from: ['x'] },
    { class: 'Strange', name: 'second', from: ['<b>odd</b>'] },
    dense('logits', 'second', 4, 3),
  ]);
