// What copies and shares find on one network: sums of relevance, localisation, degradation, and a picture of ten samples.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createExplainer, fitPatterns, resolveNetwork } from '@patternlens/core';
import { asRecord } from '@patternlens/core/tensor';
import {
  measureDegradation,
  measureLocalisation,
  pairedDifference,
  resamples,
} from '@patternlens/evaluate';
import { renderSheet } from '@patternlens/heatmap';

const SEED = 0;
const METHODS = [
  { id: 'pattern-attribution', add: 'copy' },
  { id: 'pattern-attribution', add: 'share' },
  { id: 'pattern-net', add: 'copy' },
  { id: 'pattern-net', add: 'share' },
  { id: 'lrp-epsilon' },
  { id: 'input-x-gradient' },
  { id: 'gradient' },
];
const nameOf = ({ id, add }) => (add === undefined ? id : `${id}:add=${add}`);
const PAIRS = ['pattern-attribution', 'pattern-net'].map((id) => [
  `${id}:add=share`,
  `${id}:add=copy`,
]);
const SCORES = ['rank', 'auroc', 'pointing'];
const TEN = 10;

const text = ({ mean, low, high }) =>
  `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
const row = (cells) => `| ${cells.join(' | ')} |`;

/** The true sum over the start of PatternAttribution, sample by sample: its quantiles. */
async function sumsOf({ network, test, degraded, batch }, patterns, backend, method) {
  const explainer = await createExplainer(network, { backend, method, patterns });
  const ratios = [];
  const count = Math.min(degraded, test.count);
  for (let first = 0; first < count; first += batch) {
    const size = Math.min(batch, count - first);
    const { sums, exponents, starts } = await explainer.explain(
      asRecord(network, await test.read(first, size)),
    );
    sums.forEach((sum, at) => ratios.push((sum * 2 ** exponents[at]) / starts[at]));
  }
  await explainer.dispose();
  ratios.sort((a, b) => a - b);
  const at = (share) => ratios[Math.round(share * (ratios.length - 1))];
  return { lowest: at(0), median: at(0.5), highest: at(1) };
}

async function pictureOf(subject, patterns, { backend, renderer, out }) {
  const { network, test, id, title, classes, preprocessing } = subject;
  const input = network.inputs[0].name;
  const images = asRecord(network, await test.read(0, TEN))[input];
  const sampleOf = ({ data, shape }, at) => {
    const each = data.length / shape[0];
    return { data: data.slice(at * each, (at + 1) * each), shape: shape.slice(1) };
  };
  const explanations = [];
  for (const method of METHODS) {
    const explainer = await createExplainer(network, { backend, method, patterns });
    explanations.push(await explainer.explain({ [input]: images }));
    await explainer.dispose();
  }
  const masks = subject.truth && (await subject.truth(0, TEN));
  const rows = Array.from({ length: TEN }, (_, at) => {
    const target = explanations[0].targets[at];
    const mask = masks && sampleOf(masks, at);
    return {
      input: { values: sampleOf(images, at), preprocessing },
      target: { target, name: classes?.[target], value: explanations[0].explained[at] },
      ...(mask ? { truth: [{ data: mask.data, shape: [1, ...mask.shape] }] } : {}),
      maps: explanations.map(({ relevanceByInput, exponents, warnings }) => ({
        relevance: sampleOf(relevanceByInput[input], at),
        exponent: exponents[at],
        warnings: warnings[at],
      })),
    };
  });
  const { png } = renderSheet(
    renderer,
    {
      title: `Copies and shares at additions: ${title}`,
      layout: 'channels-first',
      methods: explanations.map(({ recipe }, at) => ({ recipe, name: nameOf(METHODS[at]) })),
      ...(masks ? { truth: [{ name: 'Mask', kind: 'image' }] } : {}),
      rows,
    },
    { cellSize: 112 },
  );
  await writeFile(join(out, `${id}.png`), png);
}

/** Scores by method, their intervals, and the difference of shares less copies. */
function tableOf(perMethod, columns, count) {
  const draws = resamples(count, SEED);
  const differences = PAIRS.filter(([first, second]) => perMethod[first] && perMethod[second]).map(
    ([first, second]) => [
      `${first} less copy`,
      columns.map((column) =>
        pairedDifference(perMethod[first][column], perMethod[second][column], draws),
      ),
    ],
  );
  return { differences };
}

/** @param subject A network, samples to fit and test on, how it is degraded, and where decided, its truth. */
export async function measureSubject(subject, { backend, renderer, out }) {
  const { network, fit, test, truth, patch, steps, degraded, batch, title } = subject;
  const say = (what) => console.error(`${subject.id}: ${what}`);
  say('patterns');
  const patterns = subject.patterns ?? (await fitPatterns(network, fit, { backend }));
  await pictureOf(subject, patterns, { backend, renderer, out });
  const context = (count) => ({
    network: resolveNetwork(network),
    backend,
    patterns,
    seed: SEED,
    batch,
    methods: METHODS,
    data: {
      count: Math.min(count, test.count),
      read: async (first, size) => asRecord(network, await test.read(first, size)),
      ...(truth ? { truth } : {}),
    },
  });
  const lines = [title, ''];
  const sums = {};
  for (const method of METHODS.filter(({ id }) => id === 'pattern-attribution')) {
    sums[nameOf(method)] = await sumsOf(subject, patterns, backend, method);
    const { lowest, median, highest } = sums[nameOf(method)];
    const [a, b, c] = [lowest, median, highest].map((value) => value.toPrecision(3));
    lines.push(`${nameOf(method)}: sum over start ${a} to ${c}, median ${b}`);
  }
  lines.push('');
  let localisation;
  if (truth) {
    say('localisation');
    const { perSample, means } = await measureLocalisation(context(test.count));
    const scores = Object.fromEntries(perSample);
    const { differences } = tableOf(scores, SCORES, test.count);
    localisation = { means: Object.fromEntries(means), differences };
    lines.push(row(['localisation', ...SCORES]));
    for (const [name, mean] of means)
      lines.push(row([name, ...SCORES.map((score) => text(mean[score]))]));
    for (const [name, each] of differences) lines.push(row([name, ...each.map(text)]));
    lines.push('');
  }
  say('degradation');
  const found = await measureDegradation(context(degraded), { patch, steps, leastEvery: 0 });
  lines.push(row(['degradation', 'AOPC']), row(['random order', text(found.random.aopc)]));
  for (const [name, { aopc }] of found.methods) lines.push(row([name, text(aopc)]));
  const pairs = found.pairs.filter(
    ({ first, second }) => first.includes('add=') && first.split(':')[0] === second.split(':')[0],
  );
  for (const { first, second, difference } of pairs)
    lines.push(row([`${first} less ${second}`, text(difference)]));
  return {
    id: subject.id,
    title,
    samples: { fit: fit.count, test: test.count, degraded: found.samples.length },
    sums,
    localisation,
    degradation: {
      random: found.random.aopc,
      methods: Object.fromEntries([...found.methods].map(([name, { aopc }]) => [name, aopc])),
      pairs,
    },
    warnings: found.warnings,
    lines,
  };
}
