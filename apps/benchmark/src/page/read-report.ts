import { PatternLensError } from '@patternlens/core';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import * as json from './check-json.js';
import { pixelsOf, valuesOf } from './map-values.js';

/** Larger maps and pictures are refused before they are decoded. */
const LARGEST_SIDE = 8192;

const side: json.Check<number> = (value, path) => {
  const size = json.count(value, path);
  return size >= 1 && size <= LARGEST_SIDE
    ? size
    : json.wrong(path, `1 to ${LARGEST_SIDE} pixels`, value);
};

const failure = json.objectOf({
  kind: json.oneOf('lacking', 'failed'),
  reason: json.text,
  cause: json.optional(json.text),
});

const distances = json.objectOf({
  relativeL2: json.numberOrNull,
  maximum: json.numberOrNull,
  cosine: json.numberOrNull,
  spearman: json.numberOrNull,
});

const heatMap: json.Check<NonNullable<ReturnType<typeof heatMapFields>>> = (value, path) => {
  const map = heatMapFields(value, path);
  valuesOf(map);
  return map;
};
const heatMapFields = json.objectOf({ height: side, width: side, values: json.text });

const pictureFields = json.objectOf({ height: side, width: side, pixels: json.text });
const picture: json.Check<ReturnType<typeof pictureFields>> = (value, path) => {
  const checked = pictureFields(value, path);
  pixelsOf(checked);
  return checked;
};

const worstFields = json.objectOf({
  sample: json.text,
  relativeL2: json.numberOrNull,
  input: json.optional(picture),
  reference: heatMap,
  own: heatMap,
  histogram: json.objectOf({ largest: json.numberOrNull, counts: json.listOf(json.count) }),
});
const worst: json.Check<ReturnType<typeof worstFields>> = (value, path) => {
  const sample = worstFields(value, path);
  const { reference, own: actual } = sample;
  if (reference.height !== actual.height || reference.width !== actual.width) {
    json.wrong(
      `${path}.own`,
      `a map of ${reference.height}x${reference.width} as the reference's`,
      `${actual.height}x${actual.width}`,
    );
  }
  return sample;
};

const agreement = json.objectOf({
  samples: json.count,
  equalGates: distances,
  freeGates: distances,
  sameClass: json.flag,
  flips: json.listOf(
    json.objectOf({
      layer: json.text,
      flips: json.count,
      of: json.count,
      margin: json.numberOrNull,
    }),
  ),
  errorByLayer: json.listOf(json.objectOf({ layer: json.text, relativeL2: json.numberOrNull })),
  errorGrowsAt: json.optional(json.text),
  worst: json.optional(worst),
});

const timing = json.objectOf({
  p10: json.number,
  median: json.number,
  p90: json.number,
  runs: json.count,
});

const method = json.objectOf({
  method: json.text,
  parameters: json.settings,
  agreement: json.optional(agreement),
  times: json.optional(
    json.listOf(
      json.objectOf({
        batch: json.count,
        cold: json.number,
        forward: timing,
        method: timing,
        ratio: json.objectOf({
          value: json.numberOrNull,
          low: json.numberOrNull,
          high: json.numberOrNull,
        }),
      }),
    ),
  ),
  failure: json.optional(failure),
});

const fit = json.objectOf({
  samples: json.count,
  perSample: json.number,
  layers: json.listOf(
    json.objectOf({
      layer: json.text,
      relativeL2: json.numberOrNull,
      neurons: json.count,
      compared: json.count,
    }),
  ),
  failure: json.optional(failure),
});

const backend = json.objectOf({
  backend: json.text,
  host: json.text,
  mode: json.optional(json.text),
  runtime: json.optional(json.objectOf({ name: json.text, version: json.text })),
  threads: json.optional(json.count),
  precision: json.optional(json.oneOf('float64', 'float32', 'float16')),
  forwardOf: json.optional(json.oneOf('model file', 'own program')),
  methods: json.listOf(method),
  fit: json.optional(fit),
  failure: json.optional(failure),
});

const wholeReport = json.objectOf({
  format: json.oneOf('patternlens-benchmark'),
  version: json.oneOf(1),
  created: json.text,
  patternlens: json.text,
  limit: json.number,
  hosts: json.listOf(
    json.objectOf({
      id: json.text,
      kind: json.oneOf('node', 'browser'),
      name: json.text,
      facts: json.listOf(json.objectOf({ label: json.text, value: json.text })),
    }),
  ),
  networks: json.listOf(
    json.objectOf({
      name: json.text,
      layers: json.count,
      parameters: json.count,
      macs: json.count,
      fingerprint: json.text,
      samples: json.listOf(json.text),
      patterns: json.optional(json.objectOf({ samples: json.count, backend: json.text })),
      backends: json.listOf(backend),
    }),
  ),
});

/** A report from the text of a file that may come from anyone. Numbers written as null are infinite again.
 * @throws PatternLensError `invalid-file` with the place and what was expected there. */
export function readReport(source: string): BenchmarkReport {
  const value = parsed(source);
  if (!json.isObject(value) || value['format'] !== 'patternlens-benchmark') {
    throw new PatternLensError(
      'benchmark',
      'invalid-file',
      'report: expected a report of a PatternLens benchmark, got other JSON. Open the report.json that `npm run benchmark` wrote.',
    );
  }
  if (value['version'] !== 1) {
    throw new PatternLensError(
      'benchmark',
      'invalid-file',
      `report: expected version 1, got ${JSON.stringify(value['version'])}. Open it with the page of the PatternLens that wrote it.`,
    );
  }
  const report: BenchmarkReport = wholeReport(value, '');
  const hosts = new Set(report.hosts.map(({ id }) => id));
  if (hosts.size !== report.hosts.length)
    json.wrong('hosts', 'hosts of different ids', value['hosts']);
  report.networks.forEach(({ backends }, at) => {
    backends.forEach(({ host }, index) => {
      if (!hosts.has(host)) {
        json.wrong(`networks[${at}].backends[${index}].host`, 'the id of a host', host);
      }
    });
  });
  return report;
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const got = source.trimStart().startsWith('<') ? 'HTML or XML' : 'something else';
    throw new PatternLensError(
      'benchmark',
      'invalid-file',
      `report: expected JSON, got ${got}. Open the report.json that \`npm run benchmark\` wrote.`,
      {},
      error,
    );
  }
}
