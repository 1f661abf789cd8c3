import type { Dim } from '@patternlens/core';
import { dimsOf, isKnown, type Imported } from '../imported.js';

/** Known integers as a list: what shapes are taken apart and put together of. */
export const listed = (value: Imported | undefined): readonly Dim[] | undefined =>
  value && isKnown(value) && (value.kind === 'sizes' || value.tensor.shape.length <= 1)
    ? dimsOf(value)
    : undefined;
