import { parseTarget } from '../explain/target.js';
import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { merged, sampleCode, type CodePart, type CodePlace } from './code-sample.js';
import { patternsName } from './download-names.js';
import { runnableMethods } from './exported.js';

const text = (value: unknown): string => JSON.stringify(value);

/** TensorFlow.js' backends that Node has too. */
const TFJS_IN_NODE: readonly string[] = ['cpu', 'wasm'];

/** Bytes of a file beside the program, or beside the page. */
const BYTES: Readonly<Record<CodePlace, CodePart>> = {
  node: {
    imports: { 'node:fs/promises': ['readFile'] },
    lines: ['const bytesOf = async (file) => new Uint8Array(await readFile(file));'],
  },
  page: {
    imports: {},
    lines: [
      'const bytesOf = async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer());',
    ],
  },
};

/** The runtime that computes: TensorFlow.js where the page uses it and it is there, else ONNX Runtime. */
function backendCode(id: string, where: CodePlace): CodePart {
  const [runtime, mode] = id.split(':') as [string, string?];
  const isTfjs =
    runtime === 'tfjs' && mode !== undefined && (where === 'page' || TFJS_IN_NODE.includes(mode));
  if (!isTfjs)
    return {
      imports: {
        '@patternlens/adapter-onnx': ['onnxBackend'],
        [where === 'node' ? 'onnxruntime-node' : 'onnxruntime-web']: ['* as ort'],
      },
      lines: ['const backend = onnxBackend({ ort });'],
    };
  return {
    imports: {
      '@patternlens/adapter-tfjs': ['tfjsBackend'],
      '@tensorflow/tfjs': ['* as tf'],
      [`@tensorflow/tfjs-backend-${mode}`]: [],
    },
    lines: [`const backend = tfjsBackend({ tf, backend: ${text(mode)} });`],
  };
}

function modelCode({ files }: OpenedModel): CodePart {
  const { format, path, shapes, output } = files;
  const options =
    shapes || output
      ? `, ${text({ ...(shapes ? { shapes } : {}), ...(output ? { output } : {}) })}`
      : '';
  const read = (expression: string): string[] => [
    `const network = resolveNetwork(await ${expression});`,
  ];
  const imports = { '@patternlens/core': ['resolveNetwork'] };
  if (path === 'default')
    return {
      imports: {
        ...imports,
        '@patternlens/adapter-onnx': ['readOnnx'],
        '@patternlens/data': ['DEFAULT_NETWORK'],
      },
      lines: read('readOnnx(DEFAULT_NETWORK.url)'),
    };
  if (format === 'onnx')
    return {
      imports: { ...imports, '@patternlens/adapter-onnx': ['readOnnx'] },
      lines: read(`readOnnx(${text(path)}${options})`),
    };
  return {
    imports: { ...imports, '@patternlens/adapter-tfjs': ['readTfjsModel'] },
    lines: read(`readTfjsModel({ json: await bytesOf(${text(path)}), shards: bytesOf }${options})`),
  };
}

/** A method as `createExplainer` takes it: parameters as numbers where they are. */
function methodCode({ id, parameters }: ChosenMethod): string {
  const given = Object.entries(parameters);
  if (given.length === 0) return text(id);
  const valueOf = (value: string): unknown =>
    value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  return text({ id, ...Object.fromEntries(given.map(([name, value]) => [name, valueOf(value)])) });
}

function patternsCode({ state }: App, model: OpenedModel, isNeeded: boolean): CodePart {
  return isNeeded && state.patterns.peek()
    ? {
        imports: { '@patternlens/core': ['bytesSource', 'readPatterns'] },
        lines: [
          `const patterns = await readPatterns(bytesSource(await bytesOf(${text(patternsName(model.facts.name))})));`,
        ],
      }
    : { imports: {}, lines: [] };
}

function importLine(module: string, names: readonly string[]): string {
  if (names.length === 0) return `import ${text(module)};`;
  const [whole] = names.filter((name) => name.startsWith('* as '));
  if (whole !== undefined) return `import ${whole} from ${text(module)};`;
  const [first] = names;
  return first?.startsWith('default as ')
    ? `import ${first.slice('default as '.length)} from ${text(module)};`
    : `import { ${names.join(', ')} } from ${text(module)};`;
}

/** A program that explains the current sample as the page does, given the same files beside it. It runs when it is pasted into a module. */
export function codeText(app: App, where: CodePlace): string {
  const { state } = app;
  const model = state.model.peek();
  const place = state.place.peek();
  if (!model || !place) return '';
  const methods = runnableMethods(app);
  const needsPatterns = methods.some(
    ({ id }) => model.facts.methods.find((each) => each.id === id)?.needsPatterns,
  );
  const parts = [
    modelCode(model),
    patternsCode(app, model, needsPatterns),
    backendCode(state.backend.peek(), where),
    sampleCode(model, place, where),
  ];
  const body = parts.flatMap(({ lines }) => lines);
  const usesBytes = body.some((line) => line.includes('bytesOf'));
  const imports = merged([
    { '@patternlens/core': ['createExplainer'] },
    ...(usesBytes ? [BYTES[where].imports] : []),
    ...parts.map((part) => part.imports),
  ]);
  const patterns = body.some((line) => line.startsWith('const patterns')) ? ', patterns' : '';
  const target = text(parseTarget(state.target.peek(), model.labels) ?? 'top');
  const packages = Object.keys(imports).filter((name) => !name.startsWith('node:'));
  return [
    `// npm install ${packages.join(' ')}`,
    ...Object.entries(imports).map(([module, names]) => importLine(module, names)),
    '',
    ...(usesBytes ? BYTES[where].lines : []),
    ...body,
    '',
    `for (const method of [${methods.map(methodCode).join(', ')}]) {`,
    `  const explainer = await createExplainer(network, { backend, method${patterns} });`,
    `  const { relevance, targets, explained } = await explainer.explain(inputs, { target: ${target} });`,
    '  console.log(method, targets[0], explained[0], relevance.shape);',
    '  await explainer.dispose();',
    '}',
    'await backend.dispose();',
    '',
  ].join('\n');
}
