import { listText, MEASURE_WORDS } from '../words/measure.js';
import { decimals } from './decimals.js';

/** A column of the cascade: a method, and how alike its maps still are, from the top. */
export interface CascadeColumn {
  readonly name: string;
  readonly stages: readonly {
    readonly layer: string;
    readonly similarity: number | null;
  }[];
}

/** What is said of maps whose rank correlation with those before is at least so much. */
const CHANGES = [
  { least: 0.9, one: 'hardly changes', many: 'hardly change' },
  { least: 0.7, one: 'changes little', many: 'change little' },
  { least: 0.4, one: 'changes', many: 'change' },
  { least: -Infinity, one: 'changes much', many: 'change much' },
] as const;

interface Reached {
  readonly name: string;
  readonly similarity: number;
}

/** How alike each column's maps are at a stage, where that can be told. */
const reachedAt = (columns: readonly CascadeColumn[], at: number): Reached[] =>
  columns.flatMap(({ name, stages }) => {
    const similarity = stages.at(at)?.similarity ?? null;
    return similarity === null ? [] : [{ name, similarity }];
  });

const withNumber = ({ name, similarity }: Reached): string =>
  `${name} (${decimals(similarity, 2)})`;

/** What the numbers of a cascade say, patterns kept: whose maps notice that the top layer was drawn anew, and whose are left in the end. */
export function cascadeSentences(columns: readonly CascadeColumn[]): string[] {
  const [first] = columns;
  const layer = first?.stages[0]?.layer;
  const top = reachedAt(columns, 0).sort((a, b) => b.similarity - a.similarity);
  if (layer === undefined || top.length === 0) return [];
  const groups = CHANGES.map((change, at) => ({
    change,
    members: top.filter(
      ({ similarity }) =>
        similarity >= change.least && (at === 0 || similarity < CHANGES[at - 1]!.least),
    ),
  })).filter(({ members }) => members.length > 0);
  const said = groups.map(
    ({ change, members }) =>
      `${listText(members.map(withNumber))} ${members.length === 1 ? change.one : change.many}`,
  );
  const blind = top.filter(({ similarity }) => similarity >= CHANGES[0].least);
  const stages = first!.stages.length;
  const last = stages > 1 ? reachedAt(columns, stages - 1) : [];
  const most = last.toSorted((a, b) => b.similarity - a.similarity)[0];
  return [
    MEASURE_WORDS.top(layer, said),
    ...(blind.length > 0
      ? [
          MEASURE_WORDS.blind(
            layer,
            blind.map(({ name }) => name),
          ),
        ]
      : []),
    ...(most ? [MEASURE_WORDS.all(withNumber(most))] : []),
  ];
}
