import { encodePng } from '@patternlens/heatmap';
import type { App } from '../state/app.js';
import { createAppState } from '../state/app-state.js';
import { carriesRecipe } from './carries-recipe.js';
import { restoreFromPng } from './restore-png.js';
import { restoreState } from './restore-state.js';
import { stateFile } from './state-file.js';

const appOf = (): App => ({ state: createAppState() }) as App;
const picture = { width: 2, height: 1, data: new Uint8ClampedArray(8) };
const map = {
  format: 'patternlens-map',
  recipe: { method: 'lrp-epsilon', parameters: { epsilon: 0.5 } },
  target: { target: { layer: 'conv1', channel: 3, position: [0, 4] } },
  look: { view: 'overlay', colours: 'PuOr', quantile: 98, gamma: 0.5, strength: 0.6 },
};

test('a picture restores method, target and look', () => {
  const app = appOf();
  const png = encodePng(picture, map);
  expect(carriesRecipe(png)).toBe(true);
  expect(restoreFromPng(app, png)).toBe(true);
  expect(app.state.methods.value.at(-1)!.text).toBe('lrp-epsilon:epsilon=0.5');
  expect(app.state.methods.value).toHaveLength(7);
  expect(app.state.target.value).toBe('conv1/3@0,4');
  expect(app.state.look.value).toMatchObject({
    ...{ look: 'overlay', colours: 'PuOr', quantile: 98, gamma: 0.5, strength: 0.6 },
  });
});

test('what a picture says wrongly is left as it was', () => {
  const app = appOf();
  const before = app.state.look.value;
  const look = { view: '<b>', colours: 'jet', quantile: 'many', gamma: -1, strength: 7 };
  expect(restoreFromPng(app, encodePng(picture, { ...map, look, target: { target: 'x' } }))).toBe(
    true,
  );
  expect(app.state.look.value).toEqual(before);
  expect(app.state.target.value).toBe('top');
});

test.each([
  ['of no recipe', encodePng(picture)],
  ['of another recipe', encodePng(picture, { format: 'something else' })],
])('a picture %s changes nothing', (_, png) => {
  const app = appOf();
  expect(restoreFromPng(app, png)).toBe(false);
  expect(app.state.methods.value).toHaveLength(6);
});

test('what is no PNG carries nothing, however it is cut', () => {
  const png = encodePng(picture, map);
  expect(carriesRecipe(new Uint8Array(3))).toBe(false);
  expect(carriesRecipe(png.slice(0, 20))).toBe(false);
  expect(carriesRecipe(encodePng(picture))).toBe(false);
});

test('a state that was saved is restored, and nothing else is taken for one', () => {
  const [saved, app] = [appOf(), appOf()];
  saved.state.target.value = 'conv1/3';
  saved.state.look.value = { ...saved.state.look.value, quantile: 97 };
  expect(restoreState(app, stateFile(saved))).toBe(true);
  expect(app.state.target.value).toBe('conv1/3');
  expect(app.state.look.value.quantile).toBe(97);
  expect(restoreState(app, '{"resize": 256}')).toBe(false);
  expect(restoreState(app, 'none')).toBe(false);
});
