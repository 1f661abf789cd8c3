import { isBatch, type Dim } from '@patternlens/core/tensor';
import {
  entryAt,
  SAMPLES_ALONE,
  sliceRange,
  wholeAxis,
  type SliceRange,
} from '@patternlens/importing';
import type { TfjsNode } from './node-view.js';

/** What a strided slice takes of one of its input's axes. */
interface StridedRange extends SliceRange {
  /** The axis is dropped. */
  readonly dropped: boolean;
}

/** What is taken of every axis, and where axes of size 1 are put in, among the axes that stay. */
export interface StridedSlice {
  readonly ranges: readonly StridedRange[];
  readonly shape: readonly Dim[];
}

const has = (mask: number, at: number): boolean => Math.floor(mask / 2 ** at) % 2 === 1;

/** What a `StridedSlice` takes, by its begins, ends, strides and masks. */
export function stridedSlice(
  node: TfjsNode,
  input: readonly Dim[],
  fixedBatch?: number,
): StridedSlice {
  const begin = node.fixedAt(1, 'begin'),
    end = node.dimsAt(2, 'end'),
    steps = node.fixedAt(3, 'strides');
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
  const ranges: StridedRange[] = [];
  const shape: Dim[] = [];
  const take = (range: StridedRange): void => {
    ranges.push(range);
    if (!range.dropped) shape.push(range.size);
  };
  const sizeNow = (): Dim => input[ranges.length]!;
  const takeWhole = (): void => {
    take({ ...wholeAxis(sizeNow()), dropped: false });
  };
  begin.forEach((start, at) => {
    if (has(ellipsis, at)) for (let more = 0; more < rest; more++) takeWhole();
    else if (has(newAxis, at)) shape.push(1);
    else if (has(shrink, at)) take(entryOf(node, sizeNow(), start));
    else {
      const limits = {
        begin: has(mask('begin_mask'), at) ? undefined : start,
        end: has(mask('end_mask'), at) ? undefined : end[at]!,
        step: steps[at]!,
      };
      if (limits.step < 1 && !isBatch(sizeNow()))
        node.unsupported(`its step of ${limits.step}; steps above 0 are supported.`);
      take({ ...sliceRange(node, sizeNow(), limits, fixedBatch), dropped: false });
    }
  });
  while (ranges.length < input.length) takeWhole();
  return { ranges, shape };
}

/** One entry of an axis, which is dropped. */
function entryOf(node: TfjsNode, size: Dim, index: number): StridedRange {
  if (isBatch(size)) return node.unsupported('it cuts the batch axis.', SAMPLES_ALONE);
  return { start: entryAt(node, index, size), step: 1, size: 1, dropped: true };
}
