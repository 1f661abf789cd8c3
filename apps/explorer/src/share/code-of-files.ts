import { parseTarget } from '../explain/target.js';
import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import type { SamplePlace } from '../state/samples.js';
import { asCode, moduleText, type CodePart, type CodePlace } from './code-part.js';
import { methodChoice } from './code-of-method.js';
import { runnableMethods, usedPatterns } from './exported.js';

/** Backends that the call opens by their names, with what they need, by where. Others are left to it: it takes the first that is installed. */
const RUNTIMES: Readonly<Record<CodePlace, Readonly<Record<string, readonly string[]>>>> = {
  node: {
    reference: [],
    'onnx:wasm': ['onnxruntime-web'],
    'tfjs:cpu': ['@tensorflow/tfjs'],
    'tfjs:wasm': ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
    'gpujs:cpu': ['gpu.js'],
    'gpujs:wasm': ['gpu.js'],
  },
  page: {
    reference: [],
    'onnx:wasm': ['onnxruntime-web'],
    'onnx:webgpu': ['onnxruntime-web'],
    'tfjs:cpu': ['@tensorflow/tfjs'],
    'tfjs:webgl': ['@tensorflow/tfjs'],
    'gpujs:cpu': ['gpu.js'],
    'gpujs:webgl2': ['gpu.js'],
    'gpujs:webgpu': ['gpu.js'],
  },
};

/** What shows each map: files in Node, pictures in a page. */
const SHOWN: Readonly<Record<CodePlace, CodePart>> = {
  node: {
    imports: { 'node:fs/promises': ['writeFile'] },
    lines: ['  await writeFile(`${method}.png`, png);'],
  },
  page: {
    imports: {},
    lines: [
      '  const picture = document.createElement("img");',
      '  picture.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));',
      '  document.body.append(picture);',
    ],
  },
};

/** A program that explains files of a person's own by one call, with the same options as the page. */
export function codeOfFiles(
  app: App,
  { files }: OpenedModel,
  { set, index }: SamplePlace,
  where: CodePlace,
): string {
  const { state } = app;
  const backend = state.backend.peek();
  const runtimes = RUNTIMES[where][backend];
  const patterns = usedPatterns(app);
  const options = {
    method: runnableMethods(app).map(methodChoice),
    ...(set.preprocessing ? { preprocess: set.preprocessing.values } : {}),
    ...(patterns === undefined ? {} : { patterns }),
    target: parseTarget(state.target.peek(), state.model.peek()?.labels) ?? 'top',
    ...(files.output === undefined ? {} : { output: files.output }),
    ...(files.shapes === undefined ? {} : { shapes: files.shapes }),
    ...(runtimes ? { backend } : {}),
    ...(set.single ? {} : { limit: index + 1 }),
  };
  const maps = set.single ? 'maps' : `maps.filter(({ index }) => index === ${index})`;
  const isBundled = files.path === 'default';
  const model = isBundled ? 'DEFAULT_NETWORK.url' : asCode(files.path);
  const call: CodePart = {
    imports: {
      '@patternlens/explain': ['explainImages'],
      ...(isBundled ? { '@patternlens/data': ['DEFAULT_NETWORK'] } : {}),
    },
    lines: [
      `const { maps } = await explainImages(${model}, ${asCode(set.sourcesByInput ?? set.source)}, {`,
      ...Object.entries(options).map(([name, value]) => `  ${name}: ${asCode(value)},`),
      '});',
    ],
  };
  const shown: CodePart = {
    imports: SHOWN[where].imports,
    lines: [
      `for (const { method, target, explained, relevance, png } of ${maps}) {`,
      '  console.log(method, target, explained, relevance.shape);',
      ...SHOWN[where].lines,
      '}',
    ],
  };
  const own = runtimes ?? [where === 'node' ? 'onnxruntime-node' : 'onnxruntime-web'];
  return moduleText([call, shown], [...own, ...(where === 'node' ? ['sharp'] : [])]);
}
