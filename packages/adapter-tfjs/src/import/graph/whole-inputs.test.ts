/** @jest-environment ./src/testing/tfjs-environment.js */
import type { Network } from '@patternlens/core';
import { readGraphModel } from '../../read-tfjs.js';
import { outputOf } from '../../testing/agreement.js';
import { GraphFiles } from '../../testing/graph-files.js';

describe('an input of whole numbers', () => {
  const whole = (type: string, read: (graph: GraphFiles) => string): Promise<Network> => {
    const graph = new GraphFiles();
    graph.input('x', [2], -1, type);
    graph.node('Mul', 'o', [read(graph), graph.floats('by', [3])]);
    return readGraphModel(graph.files(graph.signature()));
  };
  const asFloat = { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } };

  test.each(['DT_INT32', 'DT_UINT8'])('%s is explained at its floats', async (type) => {
    const network = await whole(type, (graph) => graph.node('Cast', 'c', ['x'], asFloat));
    expect(network.changes).toContainEqual(
      expect.stringContaining(`input "x" of ${type.slice(3).toLowerCase()}`),
    );
    const x = { data: Float32Array.of(1, 255), shape: [1, 2] };
    expect([...(await outputOf(network, { x })).data]).toEqual([3, 765]);
  });
});
