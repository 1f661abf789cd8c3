// Measures what the paper claims, and writes one report: `npm run reproduce`.
import { spawn } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { doubleProducts, onnxBackend } from '@patternlens/adapter-onnx';
import { generatedSource, GENERATOR } from '@patternlens/data';
import { splitSamples } from '@patternlens/evaluate';
import { nodeRenderer } from '@patternlens/heatmap/node';
import * as ort from 'onnxruntime-node';
import { openModel } from '../../packages/cli/dist/models/open-model.js';
import { openSource } from '../../packages/cli/dist/sources/open-source.js';
import { joinSources } from '../../packages/explain/dist/sources/join-sources.js';
import { judgeClaims, measureNetwork, reportPage } from '../dist/reproduce/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HELP = `npm run reproduce -- [options]

  --quick           few samples: minutes instead of half an hour, wide intervals
  --only ID,...     these networks only: default, mnist, resnet20, allcnn, squeezenet, vgg16
  --vgg16 FILE      an ONNX file of VGG-16, with FILE.preprocess.json beside it
  --photos DIR      photos for it (default: those of squeezenet)
  --data DIR        the folder of models and data (default: ../shared/data)
  --out DIR         where the report goes (default: reproduce)
  --seed N          of splits, resamples and random directions (default 0)

It writes report.html and report.json. Networks whose files are missing are named in it.
`;

const text = { type: 'string' };
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: text,
    vgg16: text,
    photos: text,
    data: text,
    out: text,
    seed: { ...text, default: '0' },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(HELP);
  process.exit(0);
}
/** Ends with what is wrong with the command line. */
function refuse(why) {
  console.error(`reproduce: ${why}`);
  process.exit(2);
}
const FOLDER = flags.out === undefined ? join(ROOT, 'reproduce') : resolve(flags.out);
const seed = Number(flags.seed);
if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 32)
  refuse(`--seed: expected a whole number below 2^32, got "${flags.seed}".`);
const { quick } = flags;
const data = flags.data ?? join(ROOT, '../shared/data');
const only = flags.only?.split(',');
const sizes = (few, full) => (quick ? few : full);
const there = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Samples `from` to `to` of a source. */
const part = (source, from, to) => ({
  count: Math.min(to, source.count) - from,
  read: (first, count) => source.read(from + first, count),
});

/** What a network is measured with, from its model file, the sources of samples, and how many are taken for what. */
async function opened({ model, preprocessing, labels }, sources) {
  const opened = await openModel(model, { shape: {} }, []);
  const chosen = preprocessing
    ? { name: 'reproduce', forSize: () => preprocessing }
    : opened.preprocessing;
  const [{ name: input, shape: inputShape }] = opened.network.inputs;
  const axes = opened.network.axes.get(input);
  const found = await Promise.all(
    Object.entries(sources).map(async ([name, path]) => [
      name,
      await openSource(path, { inputShape, axes, preprocessing: chosen, generated: 1 }),
    ]),
  );
  const steps = found.map(([, [source]]) => source.preprocessing?.values).find(Boolean);
  const named = Object.fromEntries(found.map(([name, parts]) => [name, joinSources(parts)]));
  const classes =
    labels === undefined
      ? opened.labels?.names
      : typeof labels === 'string'
        ? (await readFile(labels, 'utf8')).trim().split('\n')
        : labels;
  return { network: opened.network, preprocessing: steps, classes, ...named };
}

const CIFAR = { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const CIFAR_CLASSES = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
const PHOTOS = { resize: 256, crop: 227, scale: 1, mean: [123, 117, 104] };

/** Two halves, of so many samples each at most. */
function halves(network, source, limit) {
  const [fit, regress] = splitSamples(network, source, 2, seed);
  return { fit: part(fit, 0, limit), regress: part(regress, 0, limit) };
}

async function cifar(id, title, file, count) {
  const { train, test, ...rest } = await opened(
    { model: join(data, 'models', file), preprocessing: CIFAR, labels: CIFAR_CLASSES },
    { train: join(data, 'cifar10/train.bin'), test: join(data, 'cifar10/test.bin') },
  );
  return {
    ...rest,
    ...halves(rest.network, train, count),
    id,
    title,
    about: 'CIFAR-10, training images halved by seed, and test images.',
    test: part(test, 0, sizes(200, 846)),
    degraded: part(test, 0, sizes(40, 300)),
    shown: 6,
    patch: 4,
    steps: 32,
    batch: 32,
    widest: sizes(600, 1728),
  };
}

async function photos(id, title, { model, preprocessing, folders, labels }, widest) {
  const { train, test, ...rest } = await opened(
    { model, preprocessing, labels },
    { train: folders[0], test: folders[1] },
  );
  return {
    ...rest,
    ...halves(rest.network, train, sizes(16, 150)),
    id,
    title,
    about: 'Photos of ImageNet, halved by seed, and other photos.',
    test: part(test, 0, sizes(10, 200)),
    degraded: part(test, 0, sizes(6, 100)),
    shown: sizes(4, 6),
    patch: 9,
    steps: 100,
    batch: 8,
    widest,
  };
}

/** VGG-16, whose preprocessing lies beside it: its exports differ in that, and patterns are worth nothing with another. */
async function vgg16() {
  const { preprocessing } = await openModel(flags.vgg16, { shape: {} }, []);
  if (preprocessing.name === 'none')
    refuse(
      `--vgg16: there is no preprocessing file beside "${flags.vgg16}" (MODEL.preprocess.json). Write one, such as {"resize": 256, "crop": 224, "channels": "bgr", "mean": [103.939, 116.779, 123.68]}.`,
    );
  return photos('vgg16', 'VGG-16', { model: flags.vgg16, folders: photoFolders }, sizes(600, 1728));
}

const squeezenet = join(data, 'squeezenet');
const photoFolders = flags.photos
  ? [flags.photos, flags.photos]
  : [join(squeezenet, 'images'), join(squeezenet, 'images-validation')];

/** Every network: the files that it needs, and how it is opened. */
const NETWORKS = {
  default: {
    needs: [],
    open: async () => {
      const { network } = await openModel('default', { shape: {} }, []);
      const { train, validation } = GENERATOR.splits;
      const count = sizes(1000, train.count / 2);
      return {
        network,
        classes: GENERATOR.classes,
        id: 'default',
        title: 'the bundled network',
        about: 'Generated images.',
        fit: generatedSource({ first: train.first, count }),
        regress: generatedSource({ first: train.first + train.count / 2, count }),
        test: generatedSource({ first: validation.first, count: sizes(500, validation.count) }),
        degraded: generatedSource({ first: validation.first, count: sizes(60, 600) }),
        shown: 6,
        patch: 2,
        steps: 20,
        batch: 50,
        widest: 1728,
      };
    },
  },
  mnist: {
    needs: ['models/mnist-cnn.onnx', 'mnist'],
    open: async () => {
      const { train, test, ...rest } = await opened(
        { model: join(data, 'models/mnist-cnn.onnx'), preprocessing: { scale: 1 / 255 } },
        {
          train: join(data, 'mnist/train-images-idx3-ubyte.gz'),
          test: join(data, 'mnist/t10k-images-idx3-ubyte.gz'),
        },
      );
      return {
        ...rest,
        ...halves(rest.network, train, sizes(1500, 4000)),
        id: 'mnist',
        title: 'MNIST network',
        about: 'MNIST, training digits halved by seed, and test digits.',
        test: part(test, 0, sizes(500, 3000)),
        degraded: part(test, 0, sizes(60, 600)),
        shown: 6,
        patch: 4,
        steps: 24,
        batch: 50,
        widest: sizes(800, 1728),
      };
    },
  },
  resnet20: {
    needs: ['models/cifar10-resnet20.onnx', 'cifar10'],
    open: () => cifar('resnet20', 'ResNet-20', 'cifar10-resnet20.onnx', sizes(150, 600)),
  },
  allcnn: {
    needs: ['models/cifar10-allcnn.onnx', 'cifar10'],
    open: () => cifar('allcnn', 'All-CNN', 'cifar10-allcnn.onnx', sizes(60, 200)),
  },
  squeezenet: {
    needs: ['squeezenet'],
    open: () =>
      photos(
        'squeezenet',
        'SqueezeNet',
        {
          model: join(squeezenet, 'squeezenet1.0.onnx'),
          preprocessing: PHOTOS,
          folders: photoFolders,
          labels: join(squeezenet, 'labels.txt'),
        },
        1728,
      ),
  },
  vgg16: { needs: [], open: vgg16 },
};

/** Runs the command and gives what it prints. */
function command(...args) {
  return new Promise((done, failed) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'packages/cli/bin/patternlens.js'), ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) done(said);
      else failed(new Error(`patternlens ${args.join(' ')} ended with ${code}`));
    });
  });
}

const unknown = only?.find((id) => NETWORKS[id] === undefined);
if (unknown !== undefined)
  refuse(
    `--only: there is no network "${unknown}". Networks: ${Object.keys(NETWORKS).join(', ')}.`,
  );
if (flags.vgg16 !== undefined && !(await there(flags.vgg16)))
  refuse(`--vgg16: there is no file "${flags.vgg16}". Check the path.`);

const begin = performance.now();
await mkdir(FOLDER, { recursive: true });
const backend = onnxBackend({ ort });
const products = await doubleProducts({ ort });
const bench = {
  backend,
  product: products.product,
  renderer: await nodeRenderer(),
  seed,
  say: (what) =>
    console.error(`${((performance.now() - begin) / 1000).toFixed(0).padStart(5)} s  ${what}`),
};

bench.say('toy models');
const toys = JSON.parse(await command('toy', '--json', '--out', FOLDER));
const networks = [];
const absent = [];
for (const [id, { needs, open }] of Object.entries(NETWORKS)) {
  if (only && !only.includes(id)) {
    absent.push(`${id}: left out by --only.`);
    continue;
  }
  if (id === 'vgg16' && flags.vgg16 === undefined) {
    absent.push('vgg16: no weights were given (--vgg16 FILE.onnx).');
    continue;
  }
  const missing = [];
  for (const file of needs) if (!(await there(join(data, file)))) missing.push(file);
  if (missing.length > 0) {
    absent.push(`${id}: its files are not there (${missing.join(', ')}).`);
    continue;
  }
  networks.push(await measureNetwork(await open(), bench));
}

const claims = judgeClaims(
  networks.map(({ numbers }) => numbers),
  toys.rows,
);
const report = {
  version: 1,
  quick,
  seed,
  environment: {
    processor: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    backend: backend.id,
    runtime: `onnxruntime ${ort.env.versions?.node ?? ort.env.versions?.common ?? ''}`,
  },
  seconds: (performance.now() - begin) / 1000,
  claims,
  networks,
  absent,
  toys,
};
const figure = await readFile(join(FOLDER, 'figure2.svg'), 'utf8');
await writeFile(join(FOLDER, 'report.html'), reportPage(report, figure));
await writeFile(
  join(FOLDER, 'report.json'),
  JSON.stringify(report, (key, value) => (key === 'figures' ? undefined : value), 1),
);
await products.dispose();
await backend.dispose();
for (const { verdict, claim } of claims) console.log(`${verdict.padEnd(14)}${claim}`);
for (const name of absent) console.log(`not measured: ${name}`);
console.log(`Look at ${join(FOLDER, 'report.html')}.`);
