import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { snippetsOf } from './testing/documents.js';
import { emptyFolder, packAll, removeFolder } from './testing/installed.js';
import { buildPage, CHROMIUM, openPage } from './testing/page.js';
import { projectWith } from './testing/page-project.js';
import { runNode } from './testing/run-node.js';

/** What one call made of a photo, printed as JSON. */
interface Called {
  readonly backend: { readonly id: string; readonly chosen: string; readonly runtime: object };
  readonly preprocessing: object;
  readonly notes: readonly string[];
  readonly patterns: number;
  readonly maps: readonly {
    readonly method: string;
    readonly image: string;
    readonly label: string;
    readonly relevance: readonly number[];
    readonly png: readonly number[];
    readonly svg: string;
  }[];
}

const METHODS = ['gradient', 'lrp-epsilon', 'lrp-z-box', 'pattern-attribution'];

/** Photos by their names, each of pixels that count in steps of its own. */
const PHOTOS = [
  ['a.png', 7919],
  ['b.png', 104729],
  ['c.png', 1299709],
] as const;

/** The same program in Node and in a page: only where the photos come from differs. They are Files in the page, and a folder in Node. */
const program = (photos: string): string => `
import { DEFAULT_NETWORK } from '@patternlens/data';
import { explainImages, fitImages } from '@patternlens/explain';
const photos = ${photos};
const preprocess = 'zero-one';
const { patterns, file } = await fitImages(DEFAULT_NETWORK.url, photos, { preprocess, backend: 'onnx:wasm' });
const { maps, backend, preprocessing, notes } = await explainImages(DEFAULT_NETWORK.url, photos, {
  method: ['gradient', { id: 'lrp-epsilon', epsilon: 0.01 }, 'lrp-z-box', 'pattern-attribution'],
  patterns: file,
  preprocess,
  labels: DEFAULT_NETWORK.classes,
  svg: true,
  backend: 'onnx:wasm',
});
console.log('called ' + JSON.stringify({
  backend, preprocessing, notes,
  patterns: patterns.samples,
  maps: maps.map((map) => ({ ...map, relevance: [...map.relevance.data], png: [...map.png] })),
}));
`;

const calledIn = (printed: string): Called =>
  JSON.parse(/^called (.*)$/m.exec(printed)![1]!) as Called;

function relativeL2(a: readonly number[], b: readonly number[]): number {
  const norm = (values: readonly number[]): number => Math.hypot(...values);
  return a.length === b.length ? norm(a.map((value, at) => value - b[at]!)) / norm(b) : Infinity;
}

const inPage = CHROMIUM === undefined ? test.skip : test;

inPage(
  `one call makes the same in a page as in Node, and the README's page runs${CHROMIUM === undefined ? ': there is no Chromium' : ''}`,
  async () => {
    const tarballs = emptyFolder();
    const packages = ['@patternlens/explain', '@patternlens/data', 'onnxruntime-web', 'sharp'];
    const project = projectWith(packages, packAll(tarballs));
    try {
      mkdirSync(join(project, 'photos'));
      const files: string[] = [];
      for (const [name, step] of PHOTOS) {
        const pixels = Uint8Array.from({ length: 40 * 30 * 3 }, (_, at) => (at * step) % 251);
        const path = join(project, 'photos', name);
        await sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } }).toFile(path);
        const bytes = readFileSync(path).toString('base64');
        files.push(
          `new File([Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0))], '${name}')`,
        );
      }
      writeFileSync(join(project, 'in-node.js'), program(`'photos'`));
      const node = runNode(['in-node.js'], project);
      expect({ status: node.status, stderr: node.stderr }).toEqual({ status: 0, stderr: '' });

      const [readme] = snippetsOf('packages/explain/README.md').filter(
        ({ mark }) => mark?.kind === 'page',
      );
      writeFileSync(join(project, 'readme.js'), readme!.code);
      writeFileSync(join(project, 'call.js'), program(`[${files.join()}]`));
      buildPage(project, `await import('./readme.js');\nawait import('./call.js');`);
      const { printed, errors, foreign } = await openPage(project);
      expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
      expect(printed).toMatch(/^(plus|bracket|cross|boot) onnx:wasm \d/m);

      const [there, here] = [calledIn(printed), calledIn(node.stdout)];
      const { maps, ...facts } = here;
      expect(there).toMatchObject({
        ...facts,
        backend: { id: 'onnx:wasm', chosen: 'named', runtime: facts.backend.runtime },
      });
      expect(maps).toHaveLength(METHODS.length * PHOTOS.length);
      expect([...new Set(maps.map(({ method }) => method))]).toEqual(METHODS);
      for (const [at, map] of maps.entries()) {
        const other = there.maps[at]!;
        expect([other.method, other.label]).toEqual([map.method, map.label]);
        expect(`photos/${other.image}`).toBe(map.image);
        expect(relativeL2(other.relevance, map.relevance)).toBeLessThanOrEqual(1e-6);
        expect(other.png).toEqual(map.png);
        expect(other.svg).toBe(map.svg);
      }
    } finally {
      removeFolder(project);
      removeFolder(tarballs);
    }
  },
  180_000,
);
