import { type ArgumentKind, expects } from '../arguments/argument-kind.js';

/** What a network is, as an argument. */
export const NETWORK: ArgumentKind = {
  expected: 'a network',
  accepts: (value) => {
    if (!expects.object.accepts(value)) return false;
    const { layers, inputs, outputs, shapes } = value as Readonly<Record<string, unknown>>;
    return [layers, inputs, outputs].every(Array.isArray) && shapes instanceof Map;
  },
  required: true,
  remedy:
    'Read one from its file: await readOnnx(bytes), await readLayersModel(model) or await readGraphModel(model).',
};
