import type { ModelFacts } from '../compute/model-facts.js';
import type { App } from '../state/app.js';
import { createAppState, type OpenedPatterns } from '../state/app-state.js';
import { chosenMethod } from '../state/chosen-method.js';
import type { SampleSet } from '../state/samples.js';
import { codeText } from './code-text.js';
import { commandFiles, commandText } from './command-text.js';

interface Given {
  readonly path?: string;
  readonly source?: Partial<SampleSet>;
  readonly index?: number;
  readonly inputs?: readonly string[];
}

function appOf({ path = 'default', source = {}, index = 0, inputs = ['input'] }: Given): App {
  const state = createAppState();
  const name = path.replace(/\.onnx$/, '');
  state.model.value = {
    files: { key: path, name, path, format: 'onnx', files: [{ path, content: new Blob() }] },
    facts: {
      name,
      inputs: inputs.map((each) => ({ name: each })),
      methods: [{ id: 'pattern-net', needsPatterns: true }],
    } as unknown as ModelFacts,
    labels: ['boot', 'plus'],
  };
  const set: SampleSet = {
    ...{ key: '', source: 'generated:seed=7', stem: 'generated', single: false, count: 24 },
    nameOf: String,
    read: () => Promise.reject(new Error('It is not read.')),
    ...source,
  };
  state.place.value = { set, index };
  state.methods.value = [chosenMethod('gradient')];
  return { state } as unknown as App;
}

test('a generated sample is named by its number behind the seed', () => {
  expect(commandText(appOf({ index: 3 }))).toBe(
    'patternlens explain default generated:seed=7,first=3 --limit 1 --method gradient --backend tfjs:wasm --out explained',
  );
  expect(
    commandText(appOf({ index: 3, source: { source: 'generated:seed=9,first=8000' } })),
  ).toContain(' generated:seed=9,first=8003 --limit 1 ');
});

test('all that the numbers depend on is said, and the files are named', () => {
  const app = appOf({
    path: 'net.onnx',
    source: {
      ...{ source: 'cat.jpg', single: true, count: 1 },
      preprocessing: { name: 'net.preprocess.json', values: {} },
    },
  });
  app.state.methods.value = [
    chosenMethod('lrp-gamma', { gamma: '0.5' }),
    chosenMethod('pattern-net'),
  ];
  app.state.patterns.value = { source: 'fitted here' } as OpenedPatterns;
  app.state.target.value = 'plus';
  app.state.backend.value = 'tfjs:webgl';
  expect(commandText(app)).toBe(
    'patternlens explain net.onnx cat.jpg --method lrp-gamma:gamma=0.5,pattern-net --patterns net.patterns.safetensors --preprocess net.preprocess.json --target 1 --out explained',
  );
  expect(commandFiles(app)).toEqual([
    ...['net.onnx', 'cat.jpg', 'net.patterns.safetensors', 'net.preprocess.json'],
  ]);
});

test('patterns of a file are read from that file', () => {
  const app = appOf({});
  app.state.methods.value = [chosenMethod('pattern-net')];
  app.state.patterns.value = { source: '-p.safetensors' } as OpenedPatterns;
  expect(commandText(app)).toContain(' --patterns ./-p.safetensors ');
  expect(commandFiles(app)).toEqual(['-p.safetensors']);
  app.state.patterns.value = { source: 'bundled' } as OpenedPatterns;
  expect(commandText(app)).toContain(' --patterns default.patterns.safetensors ');
});

test('each of several inputs has its source', () => {
  const source = { source: 'a.npy', sourcesByInput: { left: 'a.npy', right: 'b c.npy' }, count: 4 };
  expect(
    commandText(appOf({ path: 'n.onnx', inputs: ['left', 'right'], source, index: 1 })),
  ).toContain(" --input left=a.npy --input 'right=b c.npy' --limit 2 ");
});

test('hostile names are words of the line, and text of the code', () => {
  const path = `-x'; rm "$HOME" \`id\`.onnx`;
  const app = appOf({ path, source: { source: '*\n.npy' } });
  expect(commandText(app)).toContain(
    `explain './-x'\\''; rm "$HOME" \`id\`.onnx' '*\n.npy' --limit 1 `,
  );
  const code = codeText(app, 'node');
  expect(code).toContain(`explainImages(${JSON.stringify(path)}, "*\\n.npy", {`);
});
