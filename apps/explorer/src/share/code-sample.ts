import type { OpenedModel } from '../state/app-state.js';
import type { SamplePlace } from '../state/samples.js';
import { generatedPlace } from './command-text.js';

/** Where code runs: in Node, or in a page behind a bundler. */
export type CodePlace = 'node' | 'page';

/** Lines of code, with what they import from where. */
export interface CodePart {
  /** Names by module; a default import is written `default as NAME`. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly lines: readonly string[];
}

const text = (value: unknown): string => JSON.stringify(value);

const IMAGE = /\.(jpe?g|png|webp|bmp|gif|avif|tiff?)$/i;

/** Decodes an image to pixels: the one thing that Node and pages do differently. */
const DECODERS: Readonly<Record<CodePlace, CodePart>> = {
  node: {
    imports: { sharp: ['default as sharp'] },
    lines: [
      'const decode = async (bytes) => {',
      '  const image = sharp(bytes).autoOrient().toColourspace("srgb").raw();',
      '  const { data, info } = await image.toBuffer({ resolveWithObject: true });',
      '  return { data, width: info.width, height: info.height, channels: info.channels };',
      '};',
    ],
  },
  page: {
    imports: {},
    lines: [
      'const decode = async (bytes) => {',
      '  const image = await createImageBitmap(new Blob([bytes]));',
      '  const { width, height } = image;',
      '  const context = new OffscreenCanvas(width, height).getContext("2d");',
      '  context.drawImage(image, 0, 0);',
      '  return { data: context.getImageData(0, 0, width, height).data, width, height, channels: 4 };',
      '};',
    ],
  },
};

/** One input's sample, as an expression that may await, with what it needs before. */
function inputCode(
  model: OpenedModel,
  place: SamplePlace,
  input: string,
  where: CodePlace,
): CodePart & { readonly value: string } {
  const { set, index } = place;
  const source = set.sourcesByInput?.[input] ?? set.source;
  if (/^generated(:|$)/.test(source)) {
    const { seed, first } = generatedPlace(place);
    return {
      imports: { '@patternlens/data': ['generateBatch'] },
      lines: [],
      value: `generateBatch(${first}, 1, { seed: ${seed} }).input`,
    };
  }
  const preprocessing = set.preprocessing?.values;
  const at = model.facts.inputs.findIndex(({ name }) => name === input);
  const options = [
    `inputShape: network.inputs[${at}].shape`,
    `axes: network.axes.get(${text(input)})`,
    ...(preprocessing ? [`preprocessing: ${text(preprocessing)}`] : []),
  ].join(', ');
  if (IMAGE.test(source))
    return {
      imports: { '@patternlens/data': ['imageSource'], ...DECODERS[where].imports },
      lines: DECODERS[where].lines,
      value: `await imageSource([{ name: ${text(source)}, bytes: () => bytesOf(${text(source)}) }], { decode, ${options} }).read(0, 1)`,
    };
  return {
    imports: {
      '@patternlens/core': ['bytesSource'],
      '@patternlens/data': ['arraySource', 'openArray'],
    },
    lines: [],
    value: `await arraySource(await openArray(${text(source)}, bytesSource(await bytesOf(${text(source)}))), { ${options} }).read(${index}, 1)`,
  };
}

/** The current sample as code: `inputs`, by input name. */
export function sampleCode(model: OpenedModel, place: SamplePlace, where: CodePlace): CodePart {
  const parts = model.facts.inputs.map(({ name }) => ({
    name,
    ...inputCode(model, place, name, where),
  }));
  return {
    imports: merged(parts.map(({ imports }) => imports)),
    lines: [
      ...new Set(parts.flatMap(({ lines }) => lines)),
      'const inputs = {',
      ...parts.map(({ name, value }) => `  ${text(name)}: ${value},`),
      '};',
    ],
  };
}

/** Imports of several parts, each name once. */
export function merged(all: readonly CodePart['imports'][]): Record<string, string[]> {
  const names: Record<string, Set<string>> = {};
  for (const imports of all)
    for (const [module, list] of Object.entries(imports))
      names[module] = new Set([...(names[module] ?? []), ...list]);
  return Object.fromEntries(
    Object.entries(names).map(([module, list]) => [module, [...list].sort()]),
  );
}
