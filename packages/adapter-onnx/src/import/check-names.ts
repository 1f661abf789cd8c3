import { PatternLensError } from '@patternlens/core';
import type { GraphProto, NodeProto } from 'onnx-buf';

/** Checks that every value of a graph is made once.
 * @throws PatternLensError `invalid-file` naming the value. */
export function checkNames(graph: GraphProto, nodes: readonly NodeProto[]): void {
  const stored = new Set(graph.initializer.map(({ name }) => name));
  // Old files list their weights among the inputs too.
  const inputs = graph.input.map(({ name }) => name).filter((name) => !stored.has(name));
  const made = new Set<string>();
  const names = [
    ...inputs,
    ...graph.initializer.map(({ name }) => name),
    ...nodes.flatMap(({ output }) => output),
  ];
  for (const name of names.filter((used) => used !== '')) {
    if (made.has(name)) {
      throw new PatternLensError(
        'adapter-onnx',
        'invalid-file',
        `the value "${name}" is made twice. Values are made once in ONNX; export the model again.`,
        { about: 'model', layer: name },
      );
    }
    made.add(name);
  }
}
