import type { Method } from '../method.js';
import { arrayLike } from './array-like.js';
import { baselines } from './baseline.js';
import type { Driver } from '../method.js';
import type { DriverSample, Family } from './driver.js';
import { type Node, type Quadrature, quadratureNodes } from './quadrature.js';

/** Gradients on the straight way from the baseline to the sample, averaged and multiplied by what lies between them. */
function familyOf(
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

/** `(x - x') * mean of the gradient at x' + t (x - x')`, t over [0, 1]. */
export interface IntegrationParameters {
  readonly steps: number;
  readonly baseline: number | readonly number[];
  readonly quadrature: Quadrature;
}

export function integratedGradientsDriver(of: Method, parameters: IntegrationParameters): Driver {
  const nodes = quadratureNodes(parameters.quadrature, parameters.steps);
  return {
    of,
    group: 'attribution',
    prepare: ({ network }) => {
      const starts = baselines('integrated-gradients', network, parameters.baseline);
      return (sample) => familyOf(sample, nodes, starts);
    },
  };
}
