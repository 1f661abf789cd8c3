import {
  pageWithReport,
  ratioOf,
  summarise,
  type BackendResult,
  type BenchmarkReport,
  type MethodTimes,
} from '@patternlens/benchmark';
import { browserHost } from '@patternlens/page';
import manifest from '../../package.json?raw';
import { saveFile } from '../share/save-file.js';
import type { App } from '../state/app.js';
import { WORDS } from '../words/backends.js';
import type { TimedMethod } from '../compute/calls/time-method.js';
import { sampleName } from './compared-setting.js';
import type { ComparedRow, Comparison } from './comparison.js';
import { backendsParts } from './parts.js';
import { LIMIT } from './limits.js';

const HOST = 'browser';

function timesOf({ cold, method, forward }: TimedMethod): MethodTimes {
  const [of, pass] = [summarise(method), summarise(forward)];
  return { batch: 1, cold, forward: pass, method: of, ratio: ratioOf(method, forward) };
}

function resultOf(row: ComparedRow, { methods }: Comparison): BackendResult {
  const { id, facts, cells, layers, failure } = row;
  const { mode, runtime, threads, precision } = facts ?? {};
  const reported = failure && {
    kind: failure.isLacking ? ('lacking' as const) : ('failed' as const),
    reason: failure.sentence,
    cause: failure.cause,
  };
  return {
    ...{ backend: id, host: HOST, mode, runtime, threads, precision, forwardOf: 'own program' },
    methods: methods.flatMap(({ text }) => {
      const cell = cells.get(text);
      if (!cell) return [];
      const { timed, agreement, failure: own } = cell;
      const { errorByLayer = [], errorGrowsAt } = layers ?? {};
      return [
        {
          method: text,
          parameters: timed?.explanation.recipe.parameters ?? {},
          ...(agreement ? { agreement: { ...agreement, errorByLayer, errorGrowsAt } } : {}),
          ...(timed ? { times: [timesOf(timed)] } : {}),
          ...(own ? { failure: { kind: 'failed' as const, reason: own.sentence } } : {}),
        },
      ];
    }),
    ...(reported && cells.size === 0 ? { failure: reported } : {}),
  };
}

/** A comparison as a report of the benchmark; undefined where no backend ran. */
async function reportOf(comparison: Comparison): Promise<BenchmarkReport | undefined> {
  const { rows, setting } = comparison;
  const network = rows.find(({ layers }) => layers)?.layers?.network;
  if (!network) return undefined;
  const { patterns } = setting;
  const { version } = JSON.parse(manifest) as { version: string };
  return {
    format: 'patternlens-benchmark',
    version: 1,
    created: new Date().toISOString(),
    patternlens: version,
    limit: LIMIT,
    hosts: [await browserHost(HOST)],
    networks: [
      {
        ...network,
        samples: [sampleName(setting)],
        ...(patterns
          ? { patterns: { samples: patterns.facts.samples, backend: patterns.source } }
          : {}),
        backends: rows.map((row) => resultOf(row, comparison)),
      },
    ],
  };
}

/** The report page, without a report; undefined where it is not beside this page. */
async function reportPage(app: App): Promise<string | undefined> {
  try {
    const response = await fetch(app.address('report.html'));
    const text = response.ok ? await response.text() : '';
    // Servers may answer with another page where a file is missing.
    return text.includes('id="report-data"') ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Saves a comparison as the benchmark's report: one page that shows it anywhere, or its data. */
export async function saveReport(app: App, as: 'page' | 'json'): Promise<void> {
  const parts = backendsParts(app);
  const comparison = parts.comparison.peek();
  const report = comparison && (await reportOf(comparison));
  if (!report) return;
  const name = `${comparison.setting.model.facts.name}.backends`;
  const page = as === 'page' ? await reportPage(app) : undefined;
  if (page !== undefined) {
    saveFile(`${name}.html`, pageWithReport(page, report), 'text/html');
    parts.handed.value = `Saved as ${name}.html: it needs no other file.`;
    return;
  }
  saveFile(`${name}.json`, JSON.stringify(report), 'application/json');
  parts.handed.value = as === 'page' ? WORDS.plainReport : `Saved as ${name}.json.`;
}
