import { zipTensors } from '../../tensor/broadcast.js';
import { NOT_NEGATIVE } from '../sign.js';
import { neverZero, type Primitive } from './primitive.js';
import { broadcastShapes } from './shape-rules.js';

export type Relation = 'greater' | 'greaterOrEqual' | 'less' | 'lessOrEqual' | 'equal';

const relations: { readonly [R in Relation]: (a: number, b: number) => number } = {
  greater: (a, b) => Number(a > b),
  greaterOrEqual: (a, b) => Number(a >= b),
  less: (a, b) => Number(a < b),
  lessOrEqual: (a, b) => Number(a <= b),
  equal: (a, b) => Number(a === b),
};

/** 1 where the relation holds, else 0; operands broadcast. */
export const compare: Primitive<{ readonly relation: Relation }, 2> = {
  operands: 2,
  isElementwise: true,
  isFolded: true,
  shape: (operands, _attributes, kind) => broadcastShapes(kind, operands),
  sign: () => NOT_NEGATIVE,
  isZero: neverZero,
  evaluate: ([a, b], { relation }) => zipTensors(a, b, relations[relation]),
};
