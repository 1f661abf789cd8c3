import type { LayerImports } from '@patternlens/core/network';
import { checkKnown } from '@patternlens/importing';
import type { NodeProto } from 'onnx-buf';
import { nodeName, qualifiedOperator } from './node-view.js';
import { REFUSED_OPERATORS } from './ops/refused-operators.js';
import { SUPPORTED_OPERATORS } from './ops/operators.js';
import { voice } from './voice.js';

/** @throws PatternLensError `unsupported-operation` naming every operator that is not understood, with its nodes. */
export function checkOperators(nodes: readonly NodeProto[], plugins: LayerImports): void {
  const named = nodes.map((node) => [qualifiedOperator(node), nodeName(node, '?')] as const);
  checkKnown(voice, 'operator', named, SUPPORTED_OPERATORS, plugins, REFUSED_OPERATORS);
}
