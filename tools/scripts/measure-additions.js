// Measures the parameter `add` of PatternNet and PatternAttribution, and prints the tables of docs/patterns.md.
// Usage: npm run build && node tools/scripts/measure-additions.js [--help]
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { onnxBackend } from '@patternlens/adapter-onnx';
import { bytesSource, readPatterns } from '@patternlens/core';
import { generateBatch, generatedSource, GENERATOR } from '@patternlens/data';
import { nodeRenderer } from '@patternlens/heatmap/node';
import * as ort from 'onnxruntime-node';
import { openModel } from '../../packages/cli/dist/models/open-model.js';
import { openSource } from '../../packages/cli/dist/sources/open-source.js';
import { joinSources } from '../../packages/explain/dist/sources/join-sources.js';
import { measureSubject } from './additions/measure-subject.js';
import { residualNetwork } from './training/residual-network.js';
import { trainClassifier } from './training/train-classifier.js';

const HELP = `node tools/scripts/measure-additions.js [options]

  --seeds N,...     training runs of the residual network on generated data (default 1,2)
  --blocks N        residual blocks in each of its three stages (default 3)
  --epochs N        of each training run (default 8)
  --data DIR        ResNet-20 and CIFAR-10 (default ../shared/data); left out where they are not there
  --photos FILE     a network of photos with residual sums, its preprocessing beside it, with
  --fit DIR --test DIR   photos to fit on and others to degrade
  --patterns FILE   patterns of that network, instead of fitting them
  --degraded N      images that are degraded in networks of files (default 150)
  --only ID,...     generated, resnet20, photos
  --out DIR         additions.json, and pictures of ten samples beside each other (default additions)
`;
const text = { type: 'string' };
const { values: flags } = parseArgs({
  options: {
    seeds: { ...text, default: '1,2' },
    blocks: { ...text, default: '3' },
    epochs: { ...text, default: '8' },
    data: text,
    photos: text,
    fit: text,
    test: text,
    patterns: text,
    degraded: { ...text, default: '150' },
    only: { ...text, default: 'generated,resnet20,photos' },
    out: { ...text, default: 'additions' },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(HELP);
  process.exit(0);
}
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const out = resolve(flags.out);
const data = flags.data ?? join(ROOT, '../shared/data');
const wanted = (id) => flags.only.split(',').includes(id);
const backend = onnxBackend({ ort });
const { train, validation } = GENERATOR.splits;

/** A trained residual network and its samples, whose truth is known. */
async function generated(seed) {
  const made = residualNetwork(Number(flags.blocks), seed);
  const accuracy = await trainClassifier(backend, made, {
    epochs: Number(flags.epochs),
    seed,
    rate: 2e-3,
    decay: 0.8,
    warmUp: 125,
    weightDecay: 0.1,
    log: (line) => console.error(`seed ${seed}, ${line}`),
  });
  const count = 500;
  return {
    id: `generated-${seed}`,
    title: `residual network on generated data, training run ${seed}, ${(100 * accuracy).toFixed(1)} % right`,
    network: made.build(),
    classes: GENERATOR.classes,
    fit: generatedSource({ first: train.first, count: 4000 }),
    test: generatedSource({ first: validation.first, count }),
    truth: (first, size) => Promise.resolve(generateBatch(validation.first + first, size).mask),
    patch: 2,
    steps: 20,
    degraded: 300,
    batch: 50,
  };
}

/** A network of a file, with samples of files. */
async function opened(id, title, files) {
  const { model, preprocessing, classes, fit, test, patterns, ...sizes } = files;
  const file = await openModel(model, { shape: {} }, []);
  const chosen = preprocessing ? { name: id, forSize: () => preprocessing } : file.preprocessing;
  const [{ name: input, shape: inputShape }] = file.network.inputs;
  const axes = file.network.axes.get(input);
  const sources = (path) =>
    openSource(path, { inputShape, axes, preprocessing: chosen, generated: 1 });
  const tested = await sources(test);
  return {
    id,
    title,
    network: file.network,
    preprocessing: tested[0].preprocessing?.values,
    classes: classes ?? file.labels?.names,
    patterns: patterns && (await readPatterns(bytesSource(await readFile(patterns)))),
    fit: joinSources(await sources(fit), sizes.fitted),
    test: joinSources(tested, sizes.degraded),
    ...sizes,
  };
}

const cifar = () =>
  opened('resnet20', 'ResNet-20 on CIFAR-10', {
    model: join(data, 'models/cifar10-resnet20.onnx'),
    preprocessing: { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    classes: 'airplane automobile bird cat deer dog frog horse ship truck'.split(' '),
    fit: join(data, 'cifar10/train.bin'),
    test: join(data, 'cifar10/test.bin'),
    fitted: 2000,
    degraded: Number(flags.degraded),
    patch: 4,
    steps: 32,
    batch: 32,
  });

const photos = () =>
  opened('photos', 'the network of photos', {
    model: flags.photos,
    patterns: flags.patterns,
    fit: flags.fit,
    test: flags.test,
    fitted: 300,
    degraded: Number(flags.degraded),
    patch: 16,
    steps: 20,
    batch: 8,
  });

const isThere = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

await mkdir(out, { recursive: true });
const renderer = await nodeRenderer();
const results = [];
const measure = async (subject) => {
  const result = await measureSubject(await subject, { backend, renderer, out });
  results.push(result);
  console.log(`${result.lines.join('\n')}\n`);
};
if (wanted('generated'))
  for (const seed of flags.seeds.split(',').map(Number)) await measure(generated(seed));
if (wanted('resnet20')) {
  if (await isThere(join(data, 'models/cifar10-resnet20.onnx'))) await measure(cifar());
  else console.log(`not measured: resnet20, its files are not in ${data}`);
}
if (wanted('photos')) {
  if (flags.photos) await measure(photos());
  else console.log('not measured: photos, no network was given (--photos)');
}
await writeFile(join(out, 'additions.json'), JSON.stringify(results, undefined, 1));
await backend.dispose();
