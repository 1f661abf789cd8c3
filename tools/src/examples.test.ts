import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_NETWORK, generateSample } from '@patternlens/data';
import { encodePng, inputToRgb, recipeOfPng } from '@patternlens/heatmap';
import { exampleFolders, PAGE_EXAMPLE, ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(exampleFolders.filter((folder) => folder !== PAGE_EXAMPLE))(
  '%s runs as it is',
  (example) => {
    const { status, stdout, stderr } = runNode([join(ROOT, example, 'index.js')], folder);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toBe('');
    if (example.endsWith('custom-rule')) {
      // Its last line says how far the two backends are apart.
      const difference = Number(stdout.trim().split('\n').at(-1));
      expect(difference).toBeGreaterThan(0);
      expect(difference).toBeLessThan(1e-5);
    }
  },
  60_000,
);

test('explain-onnx takes a model file and a folder of images', () => {
  const photos = join(folder, 'photos'),
    out = join(folder, 'out'),
    model = join(folder, 'glyphs.onnx');
  mkdirSync(photos);
  writeFileSync(model, readFileSync(fileURLToPath(DEFAULT_NETWORK.url)));
  writeFileSync(
    join(folder, 'glyphs.preprocess.json'),
    JSON.stringify({ scale: 1 / 64, mean: [2], std: [1] }),
  );
  for (let index = 0; index < 12; index++) {
    const picture = inputToRgb(generateSample(index).input, 'channels-first');
    writeFileSync(join(photos, `glyph-${index}.png`), encodePng(picture));
  }
  const { status, stderr } = runNode(
    [join(ROOT, 'examples/explain-onnx/index.js'), model, photos, out],
    folder,
  );
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const files = readdirSync(out);
  expect(files).toHaveLength(8 * 3 + 1);
  expect(files).toContain('explainer.onnx');
  const recipe = recipeOfPng(readFileSync(join(out, 'glyph-0.pattern-attribution.png')));
  expect(JSON.stringify(recipe)).toContain('pattern-attribution');
}, 60_000);
