import { fail } from '@patternlens/importing';
import { voice } from '../voice.js';

/** What is looked at of a node. */
interface NamedNode {
  readonly name: string;
  readonly op: string;
}

/** Operations of loops, of both generations of TensorFlow's control flow. */
const LOOPS = /^(Enter|Exit|NextIteration|LoopCond|(Stateless)?While|For)$/;

/** Operations of branches. */
const BRANCHES = /^(Merge|Switch|(Stateless)?If|(Stateless)?Case)$/;

const named = (nodes: readonly NamedNode[]): string =>
  nodes.map(({ op, name }) => `${op} "${name}"`).join(', ');

/** @throws PatternLensError `unsupported-operation` naming every node of a loop or branch. */
export function checkControlFlow(nodes: readonly NamedNode[]): void {
  const loops = nodes.filter(({ op }) => LOOPS.test(op));
  const all = [...loops, ...nodes.filter(({ op }) => BRANCHES.test(op))];
  if (all.length === 0) return;
  const shown = all.slice(0, 8);
  const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : '';
  fail(
    voice,
    'unsupported-operation',
    loops.length > 0
      ? `${named(shown)}${more}: control flow. A loop takes its steps while the network runs; only networks whose steps are all in the file can be explained. Save the model with its loops unrolled (of recurrent Keras layers: unroll=True).`
      : `${named(shown)}${more}: control flow. Which branch is taken is decided while the network runs. Save the model for inference, with one of its branches alone.`,
    { about: 'model', operation: [...new Set(all.map(({ op }) => op))].join(', ') },
  );
}
