import { isBatch, type Dim } from '@patternlens/core';
import type { NodeView } from './node-view.js';

/** What a strided slice takes of one of its input's axes. */
export interface SliceRange {
  readonly start: number;
  readonly step: number;
  /** How many entries; the batch is taken whole. */
  readonly size: Dim;
  /** The axis is dropped. */
  readonly dropped: boolean;
}

/** What is taken of every axis, and where axes of size 1 are put in, among the axes that stay. */
export interface StridedSlice {
  readonly ranges: readonly SliceRange[];
  readonly shape: readonly Dim[];
}

const has = (mask: number, at: number): boolean => Math.floor(mask / 2 ** at) % 2 === 1;

interface Limits {
  readonly begin: number;
  readonly end: Dim;
  readonly step: number;
  readonly isWhole: boolean;
  readonly hasBegin: boolean;
  readonly hasEnd: boolean;
  readonly dropped: boolean;
}

function rangeOf(node: NodeView, size: Dim, limits: Limits): SliceRange {
  const { begin, end, step, isWhole, hasBegin, hasEnd, dropped } = limits;
  if (isBatch(size)) {
    const toEnd = !hasEnd || isBatch(end);
    const whole = isWhole || (!dropped && step === 1 && toEnd && (!hasBegin || begin === 0));
    return whole
      ? { start: 0, step: 1, size, dropped: false }
      : node.unsupported(
          'it cuts the batch axis.',
          'Only networks that treat every sample alone can be explained.',
        );
  }
  if (isWhole) return { start: 0, step: 1, size, dropped: false };
  const from = begin < 0 ? begin + size : begin;
  if (dropped) {
    if (from < 0 || from >= size) node.invalid(`it takes entry ${begin} of an axis of ${size}.`);
    return { start: from, step: 1, size: 1, dropped };
  }
  if (isBatch(end)) return node.unsupported('it ends where the batch does.');
  if (step < 1) return node.unsupported(`its step of ${step}; steps above 0 are supported.`);
  const clamp = (place: number): number => Math.min(Math.max(place, 0), size);
  const start = hasBegin ? clamp(from) : 0;
  const stop = hasEnd ? clamp(end < 0 ? end + size : end) : size;
  return { start, step, size: Math.max(0, Math.ceil((stop - start) / step)), dropped };
}

/** What a `StridedSlice` takes, by its begins, ends, strides and masks. */
export function stridedSlice(node: NodeView, input: readonly Dim[]): StridedSlice {
  const begin = node.fixed(1, 'begin'),
    end = node.dims(2, 'end'),
    steps = node.fixed(3, 'strides');
  const mask = (name: string): number => node.int(name, 0);
  const ellipsis = mask('ellipsis_mask'),
    newAxis = mask('new_axis_mask'),
    shrink = mask('shrink_axis_mask');
  if (begin.length !== end.length || begin.length !== steps.length)
    node.invalid('its begin, end and strides are not equally long.');
  const added = begin.filter((_, at) => has(newAxis, at)).length;
  const ellipses = begin.filter((_, at) => has(ellipsis, at)).length;
  const rest = input.length - (begin.length - added - ellipses);
  if (rest < 0 || ellipses > 1) node.invalid('it names more axes than its input has.');
  const ranges: SliceRange[] = [];
  const shape: Dim[] = [];
  const take = (limits: Limits): void => {
    const range = rangeOf(node, input[ranges.length]!, limits);
    ranges.push(range);
    if (!range.dropped) shape.push(range.size);
  };
  const whole: Limits = {
    begin: 0,
    end: 0,
    step: 1,
    isWhole: true,
    hasBegin: false,
    hasEnd: false,
    dropped: false,
  };
  begin.forEach((own, at) => {
    if (has(ellipsis, at)) for (let more = 0; more < rest; more++) take(whole);
    else if (has(newAxis, at)) shape.push(1);
    else
      take({
        begin: own,
        end: end[at]!,
        step: steps[at]!,
        isWhole: false,
        hasBegin: !has(mask('begin_mask'), at),
        hasEnd: !has(mask('end_mask'), at),
        dropped: has(shrink, at),
      });
  });
  while (ranges.length < input.length) take(whole);
  return { ranges, shape };
}
