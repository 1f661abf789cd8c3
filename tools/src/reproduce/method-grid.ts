import {
  createExplainer,
  type MethodChoice,
  type PatternSet,
  type Recipe,
} from '@patternlens/core';
import { readRecord } from '@patternlens/core/tensor';
import { pageToSvg, renderSheet, type SheetMap } from '@patternlens/heatmap';
import { sampleOf, type Bench, type Subject } from './subject.js';

/** The columns of the grid: functions, signals, attributions. */
const COLUMNS: readonly { readonly name: string; readonly choice: MethodChoice }[] = [
  { name: 'Gradient', choice: 'gradient' },
  { name: 'DeConvNet', choice: 'deconvnet' },
  { name: 'Guided BackProp', choice: 'guided-backprop' },
  { name: 'PatternNet, S_a', choice: { id: 'pattern-net', estimator: 'linear' } },
  { name: 'PatternNet, S_a+-', choice: 'pattern-net' },
  { name: 'Input times gradient, S_x', choice: 'input-x-gradient' },
  { name: 'LRP-0', choice: 'lrp-0' },
  { name: 'Attribution, S_w', choice: { id: 'pattern-attribution', estimator: 'filter' } },
  { name: 'Attribution, S_a', choice: { id: 'pattern-attribution', estimator: 'linear' } },
  { name: 'PatternAttribution, S_a+-', choice: 'pattern-attribution' },
];

/** Methods by images, grouped by what they show (figures 1 and 6), as SVG. Methods that the network has no rule for are left out and named. */
export async function methodGrid(
  { network, degraded, shown, title, classes, preprocessing }: Subject,
  patterns: PatternSet,
  { backend, renderer }: Bench,
): Promise<{ readonly svg: string; readonly leftOut: readonly string[] }> {
  const input = network.inputs[0]!.name;
  const count = Math.min(shown, degraded.count);
  const images = (await readRecord(network, degraded.read(0, count)))[input]!;
  const methods: { recipe: Recipe; name: string }[] = [];
  const maps: SheetMap[][] = Array.from({ length: count }, () => []);
  const leftOut: string[] = [];
  let targets: readonly unknown[] = [],
    explained: ArrayLike<number> = [];
  for (const { name, choice } of COLUMNS) {
    try {
      await using explainer = await createExplainer(network, { backend, method: choice, patterns });
      const result = await explainer.explain({ [input]: images });
      ({ targets, explained } = result);
      methods.push({ recipe: result.recipe, name });
      for (const [at, row] of maps.entries())
        row.push({
          relevance: sampleOf(result.relevanceByInput[input]!, at),
          exponent: result.exponents[at]!,
          warnings: result.warnings[at]!,
        });
    } catch (cause) {
      leftOut.push(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  const figure = renderSheet(
    renderer,
    {
      title: `${title}: what each method shows`,
      layout: 'channels-first',
      methods,
      rows: maps.map((row, at) => {
        const target = targets[at] as number;
        return {
          input: { values: sampleOf(images, at), preprocessing },
          target: { target, name: classes?.[target], value: explained[at]! },
          maps: row,
        };
      }),
    },
    { cellSize: 112 },
  );
  return { svg: pageToSvg(figure.page, renderer.family), leftOut };
}
