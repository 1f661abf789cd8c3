import { type ArgumentKind, expects } from '../arguments/argument-kind.js';

const isChoice = (value: unknown): boolean =>
  typeof value === 'string' ||
  (expects.object.accepts(value) && typeof (value as { id?: unknown }).id === 'string');

/** What the choice of a method is, as an argument. */
export const METHOD: ArgumentKind = {
  expected: 'the id of a method, alone or with its parameters',
  accepts: isChoice,
  required: true,
  remedy: 'For example method: "gradient", or method: { id: "lrp-epsilon", epsilon: 0.01 }.',
};
