import { reshapeParameter } from '@patternlens/core/network';
import {
  build,
  constantValue,
  parameterOf,
  range,
  shapeOf,
  type Folder,
  type ImportContext,
  type Imported,
  type Operation,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** Operators that broadcast as NumPy does since version 7 only. */
const BROADCASTING = 'Add And Div Equal Greater Less Mul Or Pow PRelu Sub Xor'.split(' ');

/** Axes of size 1 that the second input lacks behind its own: before version 7, `axis` said where those stand in the first. */
function missingBehind(node: OnnxNode): number {
  if (node.opset >= 7) return 0;
  const rank = shapeOf(node.input(0)).length;
  const own = shapeOf(node.input(1)).length;
  // Slopes in a list are those of the channels.
  if (node.kind === 'PRelu') return own === 1 ? Math.max(0, rank - 2) : 0;
  if (node.int('broadcast', 0) !== 1 || !node.has('axis')) return 0;
  return Math.max(0, rank - node.axis(node.int('axis', 0), rank) - own);
}

function widened(node: OnnxNode, missing: number, context?: ImportContext): Imported {
  const second = node.input(1);
  if (second.kind === 'constant') {
    const shape = [...second.tensor.shape, ...new Array<number>(missing).fill(1)];
    return constantValue(reshapeParameter(parameterOf(second), shape), second.type);
  }
  if (second.kind === 'sizes' || !context)
    return node.unsupported('it broadcasts a size along an axis.');
  const rank = second.shape.length;
  const axes = range(missing).map((at) => rank + at);
  return build.addAxes(context, node.part('widen'), second, axes);
}

const aligned = (node: OnnxNode, context?: ImportContext): OnnxNode => {
  const missing = missingBehind(node);
  return missing === 0 ? node : node.withInputs([node.input(0), widened(node, missing, context)]);
};

const broadcasting = <T>(table: Readonly<Record<string, T>>): (readonly [string, T])[] =>
  BROADCASTING.flatMap((name) => (table[name] === undefined ? [] : [[name, table[name]] as const]));

/** The operations with their inputs as NumPy would broadcast them, whatever the file's version. */
export function withOldBroadcast(
  operations: Readonly<Record<string, Operation<OnnxNode>>>,
): Readonly<Record<string, Operation<OnnxNode>>> {
  const changed = broadcasting(operations).map(([name, make]): [string, Operation<OnnxNode>] => [
    name,
    (node, context) => make(aligned(node, context), context),
  ]);
  return { ...operations, ...Object.fromEntries(changed) };
}

/** The same of folders. */
export function foldersWithOldBroadcast(
  folders: Readonly<Record<string, Folder<OnnxNode>>>,
): Readonly<Record<string, Folder<OnnxNode>>> {
  const changed = broadcasting(folders).map(([name, fold]): [string, Folder<OnnxNode>] => [
    name,
    (node) => fold(aligned(node)),
  ]);
  return { ...folders, ...Object.fromEntries(changed) };
}
