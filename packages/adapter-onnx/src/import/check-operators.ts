import type { LayerImports } from '@patternlens/core/network';
import { checkKnown, fail } from '@patternlens/importing';
import type { NodeProto } from 'onnx-buf';
import { titled } from './needed-nodes.js';
import { nodeName, qualifiedOperator } from './node-view.js';
import { REFUSED_OPERATORS } from './ops/refused-operators.js';
import { SUPPORTED_OPERATORS } from './supported-operators.js';
import { voice } from './voice.js';
import { WITHOUT_GRADIENT } from './without-gradient.js';

/** Operators that repeat a graph: how often is known only when the network runs. */
const LOOPS: readonly string[] = ['Loop', 'Scan'];

/** @throws PatternLensError `unsupported-operation` naming every loop; naming every operator that is not understood, with its nodes. */
export function checkOperators(nodes: readonly NodeProto[], plugins: LayerImports): void {
  const loops = nodes.filter((node) => {
    const operator = qualifiedOperator(node);
    return LOOPS.includes(operator) && !plugins.has(operator);
  });
  if (loops.length > 0)
    fail(
      voice,
      'unsupported-operation',
      `${loops.map(titled).join(', ')}: control flow. A loop takes its steps while the network runs; only networks whose steps are all in the file can be explained. Export the model with its loops unrolled.`,
      { about: 'model', operation: [...new Set(loops.map(({ opType }) => opType))].join(', ') },
    );
  const named = nodes.map((node) => [qualifiedOperator(node), nodeName(node, '?')] as const);
  const without = named.filter(
    ([kind]) => Object.hasOwn(WITHOUT_GRADIENT, kind) && !plugins.has(kind),
  );
  if (without.length > 0)
    fail(
      voice,
      'unsupported-operation',
      `${without.map(([kind, name]) => `${kind} "${name}": ${WITHOUT_GRADIENT[kind]!}`).join('; ')}. Explain a value before it, by its name (--output NAME, output in code).`,
      { about: 'model', operation: [...new Set(without.map(([kind]) => kind))].join(', ') },
    );
  checkKnown(voice, 'operator', named, SUPPORTED_OPERATORS, plugins, REFUSED_OPERATORS);
}
