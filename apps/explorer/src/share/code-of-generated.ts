import { parseTarget } from '../explain/target.js';
import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import type { SamplePlace } from '../state/samples.js';
import { asCode, moduleText, type CodePart, type CodePlace } from './code-part.js';
import { methodChoice } from './code-of-method.js';
import { generatedPlace } from './command-text.js';
import { runnableMethods, usedPatterns } from './exported.js';

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
  // A page has to say where the runtime's files lie; Node finds them.
  const saysWhere = where === 'page' && mode === 'wasm';
  return {
    imports: {
      '@patternlens/adapter-tfjs': ['tfjsBackend'],
      '@tensorflow/tfjs': ['* as tf'],
      [`@tensorflow/tfjs-backend-${mode}`]: saysWhere ? ['setWasmPaths'] : [],
    },
    lines: [
      ...(saysWhere
        ? ['setWasmPaths("./"); // The folder that holds tfjs-backend-wasm-simd.wasm.']
        : []),
      `const backend = tfjsBackend({ tf, backend: ${asCode(mode)} });`,
    ],
  };
}

function modelCode({ files }: OpenedModel): CodePart {
  const { format, path, shapes, output } = files;
  const given = { ...(shapes ? { shapes } : {}), ...(output ? { output } : {}) };
  const options = Object.keys(given).length === 0 ? '' : `, ${asCode(given)}`;
  const part = (imports: CodePart['imports'], expression: string): CodePart => ({
    imports: { '@patternlens/core': ['resolveNetwork'], ...imports },
    lines: [`const network = resolveNetwork(await ${expression});`],
  });
  const onnx = { '@patternlens/adapter-onnx': ['readOnnx'] };
  if (path === 'default')
    return part(
      { ...onnx, '@patternlens/data': ['DEFAULT_NETWORK'] },
      `readOnnx(DEFAULT_NETWORK.url${options})`,
    );
  if (format === 'onnx') return part(onnx, `readOnnx(${asCode(path)}${options})`);
  return part(
    { '@patternlens/adapter-tfjs': ['readTfjsModel'] },
    `readTfjsModel({ json: await bytesOf(${asCode(path)}), shards: bytesOf }${options})`,
  );
}

const patternsCode = (file: string | undefined): CodePart =>
  file === undefined
    ? { imports: {}, lines: [] }
    : {
        imports: { '@patternlens/core': ['bytesSource', 'readPatterns'] },
        lines: [
          `const patterns = await readPatterns(bytesSource(await bytesOf(${asCode(file)})));`,
        ],
      };

/** A program that explains a generated sample as the page does. */
export function codeOfGenerated(
  app: App,
  model: OpenedModel,
  place: SamplePlace,
  where: CodePlace,
): string {
  const { state } = app;
  const file = usedPatterns(app);
  const { seed, first } = generatedPlace(place);
  const parts = [modelCode(model), patternsCode(file), backendCode(state.backend.peek(), where)];
  const lines = parts.flatMap((part) => part.lines);
  const opening: CodePart = {
    imports: { '@patternlens/data': ['generateBatch'] },
    lines: [
      ...(lines.some((line) => line.includes('bytesOf')) ? BYTES[where].lines : []),
      ...lines,
      `const { input } = generateBatch(${first}, 1, { seed: ${seed} });`,
    ],
  };
  const usesBytes = opening.lines.some((line) => line.includes('bytesOf'));
  const methods = runnableMethods(app).map(methodChoice);
  const target = asCode(parseTarget(state.target.peek(), model.labels) ?? 'top');
  const explaining: CodePart = {
    imports: { '@patternlens/core': ['createExplainer'] },
    lines: [
      `for (const method of ${asCode(methods)}) {`,
      `  const explainer = await createExplainer(network, { backend, method${file === undefined ? '' : ', patterns'} });`,
      `  const { relevance, targets, explained } = await explainer.explain(input, { target: ${target} });`,
      '  console.log(method, targets[0], explained[0], relevance.shape);',
      '  await explainer.dispose();',
      '}',
      'await backend.dispose();',
    ],
  };
  const imports = parts.map((part) => ({ imports: part.imports, lines: [] }));
  return moduleText([
    ...(usesBytes ? [{ imports: BYTES[where].imports, lines: [] }] : []),
    ...imports,
    opening,
    explaining,
  ]);
}
