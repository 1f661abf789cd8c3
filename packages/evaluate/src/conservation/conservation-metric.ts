import type { LineChart, Metric, MetricResult, MetricTable } from '@patternlens/core/metrics';
import { meanOf } from '../statistics/bootstrap.js';
import {
  CONSERVATION_PARAMETERS,
  ID,
  measureConservation,
  type MethodConservation,
} from './conservation.js';
import { LOSS_REASONS, type LossReason } from './loss-reasons.js';

type Methods = ReadonlyMap<string, MethodConservation>;

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : meanOf(values);

const reasonsIn = (methods: Methods): LossReason[] =>
  (Object.keys(LOSS_REASONS) as LossReason[]).filter((reason) =>
    [...methods.values()].some(({ layers }) => layers.some(({ losses }) => losses[reason])),
  );

const notesOf = (methods: Methods, samples: number): string[] => [
  `${samples} samples, strongest class explained; means of shares of what each started from. A negative loss is a gain.`,
  ...reasonsIn(methods).map((reason) => `${reason}: ${LOSS_REASONS[reason]}.`),
];

const layerTable = (methods: Methods, samples: number): MetricTable => {
  const reasons = reasonsIn(methods);
  return {
    id: 'conservation-layers',
    title: 'Conservation, layer by layer from the output back',
    columns: ['method', 'layer', 'kind', 'rule', 'entering', 'leaving', 'lost', ...reasons],
    rows: [...methods].flatMap(([name, { layers }]) =>
      layers.map(({ layer, kind, rule, entering, leaving, losses }) => [
        name,
        layer,
        kind,
        rule,
        mean(entering),
        mean(leaving),
        mean(entering.map((value, at) => value - leaving[at]!)),
        ...reasons.map((reason) => {
          const values = losses[reason];
          return values ? mean(values) : null;
        }),
      ]),
    ),
    notes: notesOf(methods, samples),
  };
};

const methodTable = (methods: Methods, samples: number): MetricTable => {
  const reasons = reasonsIn(methods);
  return {
    id: ID,
    title: 'Conservation',
    columns: ['method', 'arrives at the input', ...reasons.map((reason) => `lost: ${reason}`)],
    rows: [...methods].map(([name, { layers, arrived }]) => [
      name,
      mean(arrived),
      ...reasons.map((reason) => {
        const parts = layers.flatMap(({ losses }) => {
          const values = losses[reason];
          return values && values.length > 0 ? [meanOf(values)] : [];
        });
        return parts.length === 0 ? null : parts.reduce((sum, value) => sum + value, 0);
      }),
    ]),
    notes: notesOf(methods, samples),
  };
};

/** What is left of the start behind each layer. */
function chartOf(methods: Methods, samples: number): LineChart {
  const [first] = methods.values();
  return {
    id: ID,
    title: 'Relevance that is left, from the output back',
    xLabel: 'layer',
    yLabel: 'share of the start',
    categories: ['start', ...first!.layers.map(({ layer }) => layer)],
    series: [...methods].map(([name, { layers }]) => {
      let left = 1;
      const y = layers.map(({ entering, leaving }) => {
        left -= mean(entering.map((value, at) => value - leaving[at]!)) ?? 0;
        return left;
      });
      return { name, x: [0, ...y.map((_, at) => at + 1)], y: [1, ...y] };
    }),
    notes: notesOf(methods, samples),
  };
}

/** Where the sum of relevance is lost on its way through the network, and why. */
export const conservation: Metric = {
  id: ID,
  parameters: CONSERVATION_PARAMETERS,
  needs: ['methods'],
  measure: async (context, parameters): Promise<MetricResult> => {
    const { methods, samples, warnings } = await measureConservation(context, parameters);
    return {
      json: { samples, reasons: LOSS_REASONS, methods: Object.fromEntries(methods) },
      tables: [methodTable(methods, samples), layerTable(methods, samples)],
      charts: [chartOf(methods, samples)],
      warnings,
    };
  },
};
