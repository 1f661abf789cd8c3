import { tensor } from '@patternlens/core';
import { build, division, type Operation } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { lengthOne } from './length-one.js';

type MlOperation = Operation<OnnxNode>;

/** `(x - offset) * scale`, with one number each, or one a feature. */
const scaler: MlOperation = (node, context) => {
  const x = node.runtime(0);
  const features = x.shape.at(-1) as number;
  const read = (name: string, missing: number): number[] => {
    const values = node.floats(name) ?? [missing];
    return values.length === 1 || values.length === features
      ? Array.from({ length: features }, (_, at) => values[values.length === 1 ? 0 : at]!)
      : node.invalid(`its ${name} has ${values.length} numbers for ${features} features.`);
  };
  const scale = read('scale', 1),
    offset = read('offset', 0);
  const bias = scale.map((factor, at) => -offset[at]! * factor);
  return build.scale(
    context,
    node,
    x,
    { tensor: tensor(scale, [features]) },
    { tensor: tensor(bias, [features]) },
  );
};

/** Each sample divided by its largest number, by the sum of its absolute values, or by its length. */
const normalizer: MlOperation = (node, context) => {
  const x = node.runtime(0);
  const norm = node.string('norm', 'MAX');
  const last = [x.shape.length - 1];
  if (norm === 'MAX') {
    const largest = build.reduce(context, node.part('norm'), x, 'maximum-over-axes', last);
    const divisor = division.withoutZeros(context, node.part('divisor'), largest);
    return build.pair(context, node, 'quotient', [x, divisor]);
  }
  if (norm !== 'L1' && norm !== 'L2') return node.invalid(`its norm "${norm}" is unknown.`);
  return lengthOne(context, node, x, norm === 'L1' ? 1 : 2, last[0]!);
};

/** What is missing (NaN) is filled in; inputs that are explained are numbers, which pass. */
const imputer: MlOperation = (node, context) => {
  const replaced = node.floats('replaced_value_float') ?? [];
  const isWhole = node.has('replaced_value_int64') || node.has('imputed_value_int64s');
  const value = node.has('replaced_value_float')
    ? (replaced[0] ?? node.float('replaced_value_float', NaN))
    : NaN;
  if (isWhole || !Number.isNaN(value))
    node.unsupported(
      `it replaces the number ${isWhole ? node.int('replaced_value_int64', 0) : value}.`,
      'Export the model with NaN for what is missing.',
    );
  return context.layer(node, 'identity', [node.runtime(0)], {});
};

/** Features of several inputs beside each other. */
const vectorizer: MlOperation = (node, context) => {
  const values = node.inputs.map((_, index) => node.runtime(index));
  if (values.length === 1) return context.layer(node, 'identity', values, {});
  return build.concatenate(context, node, values, 1);
};

/** Some of the features, by their places. */
const extractor: MlOperation = (node, context) => {
  const x = node.runtime(0);
  const places = node.constant(1, 'places').tensor;
  const list = { data: places.data, shape: [places.data.length] };
  return build.gatherBy(context, node, x, x.shape.length - 1, list);
};

/** What `ai.onnx.ml` does with features before a model sees them. */
export const mlFeatures: Readonly<Record<string, MlOperation>> = {
  'ai.onnx.ml.ArrayFeatureExtractor': extractor,
  'ai.onnx.ml.FeatureVectorizer': vectorizer,
  'ai.onnx.ml.Imputer': imputer,
  'ai.onnx.ml.Normalizer': normalizer,
  'ai.onnx.ml.Scaler': scaler,
};
