import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { encodeNpy, readNpy } from '@patternlens/data';
import { bytesSource } from '@patternlens/core';
import type { Page } from 'playwright-core';
import { given, pngFile, type Given } from '../testing/given.js';
import { NO_SITE, openSite, type OpenedSite } from '../testing/opened-site.js';
import { giveTo, settled } from '../testing/page-state.js';
import { photoModel, twoInputModel } from '../testing/small-layers-models.js';

const CLI = join(
  dirname(createRequire(__filename).resolve('@patternlens/cli/package.json')),
  'bin/patternlens.js',
);
const SHARED = join(__dirname, '../../../../../shared/data');

const maybe = NO_SITE === undefined ? describe : describe.skip;
const withShared = existsSync(SHARED) ? it : it.skip;

const METHODS = ['gradient', 'lrp-epsilon', 'lrp-alpha1-beta0'];

const relativeL2 = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  let [difference, size] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    difference += (found[at]! - expected[at]!) ** 2;
    size += expected[at]! ** 2;
  }
  return Math.sqrt(difference / size);
};

/** What the command makes of files in a folder of their own, by method.
 * @param file What it calls a method's numbers. */
async function commandValues(
  folder: string,
  words: readonly string[],
  file: (method: string) => string,
  methods = METHODS,
): Promise<ReadonlyMap<string, ArrayLike<number>>> {
  const options = ['--method', methods.join(','), '--no-pictures', '--out', 'explained'];
  await promisify(execFile)(process.execPath, [CLI, 'explain', ...words, ...options], {
    cwd: folder,
  });
  const values = new Map<string, ArrayLike<number>>();
  for (const method of methods) {
    const bytes = await readFile(join(folder, 'explained', `${file(method)}.npy`));
    values.set(method, (await readNpy('r.npy', bytesSource(bytes))).data);
  }
  return values;
}

const pageValues = (page: Page, method: string): Promise<number[]> =>
  page.evaluate(`Array.from(patternlens.relevance('${method}').data)`);

maybe('numbers of opened files, against the command', () => {
  let site: OpenedSite;
  let folder: string;

  beforeAll(async () => {
    site = await openSite();
    folder = mkdtempSync(join(tmpdir(), 'explorer-'));
  }, 60_000);
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const written = async (name: string, files: readonly Given[]): Promise<string> => {
    const place = join(folder, name);
    await mkdir(place);
    for (const file of files) await writeFile(join(place, file.name), file.buffer);
    return place;
  };

  const compare = async (
    page: Page,
    expected: ReadonlyMap<string, ArrayLike<number>>,
  ): Promise<void> => {
    for (const [method, values] of expected) {
      const found = await pageValues(page, method);
      expect([method, found.length]).toEqual([method, values.length]);
      expect(relativeL2(found, values)).toBeLessThan(1e-4);
    }
    await page.context().close();
  };

  it('are the same for a photo that is resized', async () => {
    const preprocess = given(
      'model.preprocess.json',
      '{"resize":20,"crop":16,"scale":0.00392156862745098,"mean":[0.5,0.4,0.3],"std":[0.2]}',
    );
    const files = [...photoModel(), preprocess, pngFile('cat.png', 61, 43)];
    const { page } = await site.open({ hash: `#methods=${METHODS.join(',')}` });
    await giveTo(page, 'Model files', files);
    expect((await settled(page)).sample?.source).toBe('cat.png');
    const place = await written('photo', files);
    await compare(page, await commandValues(place, ['model.json', 'cat.png'], (id) => `cat.${id}`));
  }, 120_000);

  it('are the same for a model of two inputs', async () => {
    const array = (name: string, columns: number): Given => {
      const data = Float32Array.from({ length: 2 * columns }, (_, at) => Math.cos(at * 3));
      return given(name, encodeNpy({ shape: [2, columns], data }));
    };
    const files = [...twoInputModel(), array('image.npy', 6), array('state.npy', 4)];
    const { page } = await site.open({ hash: `#methods=${METHODS.join(',')}` });
    await giveTo(page, 'Model files', files);
    expect((await settled(page)).sample?.source).toBe('image=image.npy,state=state.npy');
    const words = ['model.json', '--input', 'image=image.npy', '--input', 'state=state.npy'];
    const place = await written('two', files);
    const all = await commandValues(place, [...words, '--limit', '1'], (id) => `image.${id}.image`);
    await compare(page, all);
  }, 120_000);

  withShared(
    'are the same for SqueezeNet and a photo',
    async () => {
      const from = (path: string): string => join(SHARED, 'squeezenet', path);
      const preprocess = given(
        'squeezenet1.0.preprocess.json',
        '{"resize":256,"crop":227,"channels":"bgr","mean":[104,117,123]}',
      );
      const paths = ['squeezenet1.0.onnx', 'images/331-hare.jpg'].map(from);
      const methods = ['gradient', 'lrp-epsilon'];
      const { page } = await site.open({ hash: `#methods=${methods.join(',')}` });
      await giveTo(page, 'Model files', [
        preprocess,
        given('squeezenet1.0.onnx', await readFile(paths[0]!)),
        given('hare.jpg', await readFile(paths[1]!)),
      ]);
      expect((await settled(page)).sample?.source).toBe('hare.jpg');
      const place = await written('squeezenet', [
        preprocess,
        given('hare.jpg', await readFile(paths[1]!)),
      ]);
      const words = [paths[0]!, 'hare.jpg', '--preprocess', preprocess.name];
      await compare(page, await commandValues(place, words, (id) => `hare.${id}`, methods));
    },
    240_000,
  );
});
