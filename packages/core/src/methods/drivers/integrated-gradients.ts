import type { Driver, Method } from '../method.js';
import { arrayLike } from './array-like.js';
import { baselines } from './baseline.js';
import type { DriverSample, Family, FamilyResult } from './driver.js';
import { type Node, type Quadrature, quadratureNodes } from './quadrature.js';
import { type StepsFinder, stepsFinder } from './steps-finder.js';

/** Gradients on the straight way from the baseline to the sample, averaged by one quadrature and multiplied by what lies between them. */
function pathFamily(
  { inputs, result }: DriverSample,
  nodes: readonly Node[],
  starts: ReadonlyMap<string, Float64Array>,
): Family {
  const names = Object.keys(inputs);
  const totals = new Map(names.map((name) => [name, new Float64Array(inputs[name]!.data.length)]));
  // Completeness needs the value at the baseline, so it is computed even where it is no node of the rule.
  const points = nodes[0]!.at === 0 ? nodes : [...nodes, { at: 0, weight: 0 }];
  let atBaseline = 0;
  return {
    size: points.length,
    member: (index) => {
      const { at } = points[index]!;
      return Object.fromEntries(
        names.map((name) => {
          const given = inputs[name]!;
          const from = starts.get(name)!;
          const data = arrayLike(given);
          for (let k = 0; k < data.length; k++)
            data[k] = at === 1 ? given.data[k]! : from[k]! + at * (given.data[k]! - from[k]!);
          return [name, { data, shape: given.shape }];
        }),
      );
    },
    add: ({ relevance, explained }, index) => {
      const { at, weight } = points[index]!;
      if (at === 0) atBaseline = explained;
      if (weight === 0) return;
      for (const name of names) {
        const total = totals.get(name)!;
        const values = relevance[name]!;
        for (let k = 0; k < total.length; k++) total[k]! += weight * values[k]!;
      }
    },
    finish: () => {
      for (const name of names) {
        const total = totals.get(name)!;
        const from = starts.get(name)!;
        const { data } = inputs[name]!;
        for (let k = 0; k < total.length; k++) total[k]! *= data[k]! - from[k]!;
      }
      return {
        relevance: Object.fromEntries(totals),
        expectedSum: result.explained - atBaseline,
      };
    },
  };
}

/** One quadrature after another, each of twice the steps, until one is complete enough or none is left to try. */
function growingFamily(finder: StepsFinder, familyWith: (steps: number) => Family): Family {
  let steps = finder.first;
  let family = familyWith(steps);
  let before = 0;
  let found: FamilyResult | undefined;
  return {
    size: family.size,
    member: (index) => family.member(index - before),
    add: (result, index) => {
      family.add(result, index - before);
    },
    more: () => {
      found = family.finish();
      const next = finder.next(steps, found);
      if (next === undefined) return 0;
      before += family.size;
      steps = next;
      family = familyWith(steps);
      return family.size;
    },
    finish: () => ({ ...found!, steps }),
  };
}

/** `(x - x') * mean of the gradient at x' + t (x - x')`, t over [0, 1]. */
export interface IntegrationParameters {
  readonly steps: number | 'auto';
  readonly baseline: number | readonly number[];
  readonly quadrature: Quadrature;
  /** Of `auto`: the error of the sum, as a share of what it should be, that is small enough, and the most steps that are tried. */
  readonly tolerance?: number;
  readonly limit?: number;
}

export function integratedGradientsDriver(of: Method, parameters: IntegrationParameters): Driver {
  const { steps, quadrature } = parameters;
  return {
    of,
    group: 'attribution',
    prepare: ({ network }) => {
      const starts = baselines('integrated-gradients', network, parameters.baseline);
      const familyOf = (sample: DriverSample, count: number): Family =>
        pathFamily(sample, quadratureNodes(quadrature, count), starts);
      if (steps !== 'auto') return (sample) => familyOf(sample, steps);
      const finder = stepsFinder(parameters.tolerance!, parameters.limit!);
      return (sample) => growingFamily(finder, (count) => familyOf(sample, count));
    },
  };
}
