import { range } from '@patternlens/importing';
import { type Shape } from '@patternlens/core';
import { formatShape, type Dim } from '@patternlens/core/tensor';
import type { OnnxNode } from '../node-view.js';

/** The order of axes that a transpose asks for; the other way round where it names none. */
export const permutationOf = (node: OnnxNode, rank: number): readonly number[] =>
  node.ints('perm') ?? range(rank).reverse();

/** The first axis of the second of the two that a flatten makes; it may be behind the last. */
export function flattenAxis(node: OnnxNode, rank: number): number {
  const axis = node.int('axis', 1);
  return axis === rank ? axis : node.axis(axis, rank);
}

/** The shape that a reshape asks for, where 0 copies a size of the input. */
export function reshapeShape(node: OnnxNode, input: Shape): Dim[] {
  const wanted = node.dims('shape', 1) ?? node.invalid('its shape is missing.');
  const copies = node.int('allowzero', 0) === 0;
  return wanted.map((dim, axis) =>
    dim === 0 && copies
      ? (input[axis] ??
        node.invalid(
          `it copies axis ${axis}, which its input of shape ${formatShape(input)} lacks.`,
        ))
      : dim,
  );
}

/** Where an unsqueeze puts new axes, counted in what it makes. */
export function newAxes(node: OnnxNode, rank: number): number[] {
  const axes = node.fixed('axes', 1) ?? node.invalid('its axes are missing.');
  return axes.map((axis) => node.axis(axis, rank + axes.length));
}

/** The axes that a squeeze drops: those that it names, else all of size 1. */
export const droppedAxes = (node: OnnxNode, shape: Shape): number[] =>
  node.axes('axes', 1, shape.length) ?? range(shape.length).filter((axis) => shape[axis] === 1);
