import type { App } from '../state/app.js';
import { fitCommand } from './fit-command.js';
import type { FitSource } from './fit-source.js';

const app = (path: string, output?: string): Pick<App, 'state'> =>
  ({
    state: { model: { value: { files: { path, output }, facts: { name: 'net' } } } },
  }) as unknown as App;

const of = (sets: readonly object[], count: number): Pick<FitSource, 'sets' | 'asked'> =>
  ({ sets, asked: { count } }) as unknown as FitSource;

describe('the command of a fit', () => {
  test('names generated data and how many of them', () => {
    expect(fitCommand(app('default'), of([{ source: 'generated:seed=7' }], 2000))).toBe(
      'patternlens fit default --data generated:seed=7 --limit 2000 --out net.patterns.safetensors',
    );
  });

  test('names each file, whatever it is called, and the preprocessing', () => {
    const preprocessing = { name: 'imagenet', values: {} };
    const sets = [
      { source: 'a, b.png', preprocessing },
      { source: '-c.png', preprocessing },
    ];
    expect(fitCommand(app('net.onnx', 'p1'), of(sets, 2))).toBe(
      "patternlens fit net.onnx --data 'a, b.png' ./-c.png --preprocess imagenet --limit 2 --output p1 --out net.patterns.safetensors",
    );
  });
});
