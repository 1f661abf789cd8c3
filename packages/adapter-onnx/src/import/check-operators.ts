import { PatternLensError, type LayerImports } from '@patternlens/core';
import type { NodeProto } from 'onnx-buf';
import { folders, handlers, STRUCTURAL, SUPPORTED_OPERATORS } from './ops/handlers.js';

const isStandard = (node: NodeProto): boolean => node.domain === '' || node.domain === 'ai.onnx';

/** `NAME`, or `DOMAIN.NAME` where it is not one of the standard's. */
export const qualifiedOperator = (node: NodeProto): string =>
  isStandard(node) ? node.opType : `${node.domain}.${node.opType}`;

const isKnownOperator = (node: NodeProto): boolean =>
  isStandard(node) &&
  (Object.hasOwn(handlers, node.opType) ||
    Object.hasOwn(folders, node.opType) ||
    STRUCTURAL.includes(node.opType));

/** @throws PatternLensError `unsupported-operation` naming every operator that is not understood, with its nodes. */
export function checkOperators(
  nodes: readonly NodeProto[],
  plugins: LayerImports = new Map(),
): void {
  const unknown = new Map<string, string[]>();
  for (const node of nodes.filter((own) => !isKnownOperator(own))) {
    const op = qualifiedOperator(node);
    if (plugins.has(op)) continue;
    const names = unknown.get(op) ?? [];
    unknown.set(op, names);
    names.push(node.name === '' ? (node.output[0] ?? '?') : node.name);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(
    ([op, names]) => `${op} ${names.map((name) => `"${name}"`).join(', ')}`,
  );
  throw new PatternLensError(
    'adapter-onnx',
    'unsupported-operation',
    `${unknown.size === 1 ? 'an operator is' : `${unknown.size} operators are`} not supported: ${list.join('; ')}. Supported: ${SUPPORTED_OPERATORS.join(', ')}; or add one with a plug-in's layers.`,
    { about: 'model', operation: [...unknown.keys()].join(', ') },
  );
}
