import { messageOf } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import {
  commonFolders,
  commonOperations,
  ImportContext,
  NodeView,
  NodeWalk,
  type AxisOrder,
  type BoundInput,
  type Imported,
  type Voice,
} from '../index.js';

const voice: Voice = {
  scope: 'small',
  framework: 'onnx',
  channelsLast: false,
  verb: 'save',
  damaged: 'Save the model again.',
  again: 'Save the model again.',
  refused: (place, cause) => place.invalid(messageOf(cause)),
};

/** An input `x`, whose samples have the given sizes. */
export const input = (sizes: readonly number[], order?: AxisOrder): BoundInput => ({
  name: 'x',
  shape: [BATCH, ...sizes],
  ...(order && { order }),
});

export const contextOf = (...inputs: readonly BoundInput[]): ImportContext =>
  new ImportContext({ format: 'small', voice, inputs, namesValues: false });

export const nodeOf = (
  kind: string,
  name: string,
  inputs: readonly (Imported | undefined)[] = [],
): NodeView => new NodeView(voice, { kind, name }, inputs);

/** A walk over nodes of what importers have in common. */
export const walkOf = (context: ImportContext, budget?: number): NodeWalk<NodeView> =>
  new NodeWalk(context, { operations: commonOperations, folders: commonFolders }, budget);
