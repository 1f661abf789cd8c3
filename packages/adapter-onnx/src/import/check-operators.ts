import type { LayerImports } from '@patternlens/core';
import { checkKnown } from '@patternlens/importing';
import type { NodeProto } from 'onnx-buf';
import { nodeName, qualifiedOperator } from './node-view.js';
import { SUPPORTED_OPERATORS } from './ops/operators.js';
import { voice } from './voice.js';

/** @throws PatternLensError `unsupported-operation` naming every operator that is not understood, with its nodes. */
export function checkOperators(nodes: readonly NodeProto[], plugins: LayerImports): void {
  const supported = new Set(SUPPORTED_OPERATORS);
  const unknown = nodes.filter((node) => {
    const operator = qualifiedOperator(node);
    return !supported.has(operator) && !plugins.has(operator);
  });
  checkKnown(
    voice,
    unknown.map((node) => [qualifiedOperator(node), nodeName(node, '?')]),
    {
      words: ['an operator', 'operators'],
      supported: SUPPORTED_OPERATORS,
      code: 'unsupported-operation',
    },
  );
}
