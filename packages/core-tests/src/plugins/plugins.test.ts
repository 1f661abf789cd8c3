import {
  chooseMethod,
  bytesSource,
  checkMethod,
  createExplainer,
  fitPatterns,
  inspectNetwork,
  mergePatterns,
  readPatterns,
  traceMethod,
  writePatterns,
  type ExplainerOptions,
} from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { defineCanonizer, definePlugin, kinds } from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { cube, plugin, samples, small } from '../testing/plugin-parts.js';

const backend = referenceBackend();
const plugins = [plugin];

async function explain(options: Omit<ExplainerOptions, 'backend'>) {
  const explainer = await createExplainer(small, { backend, ...options });
  return explainer.explain(samples, { target: 1 });
}

const weightsOf = (name: string) =>
  small.layers.find((layer) => layer.name === name)!.parameters['weights']!.tensor.data;

/** The rule of the plug-in, worked out by hand for one sample. */
function byHand(sample: number, even: number): number[] {
  const x = Array.from(samples.data.slice(sample * 4, sample * 4 + 4));
  const bias = small.layers[0]!.parameters['bias']!.tensor.data;
  const [w, v] = [weightsOf('hidden'), weightsOf('logits')];
  const hidden = [0, 1, 2].map((j) =>
    Math.max(
      0,
      x.reduce((sum, value, i) => sum + value * w[j * 4 + i]!, bias[j]!),
    ),
  );
  const logit = hidden.reduce((sum, value, j) => sum + value * v[3 + j]!, 0);
  const share = (values: number[], weights: number[], r: number): number[] => {
    const parts = values.map((part, at) => (Math.abs(part) + even) * Math.abs(weights[at]!));
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((value) => (total === 0 ? 0 : (value / total) * r));
  };
  const behind = share(hidden, Array.from(v.slice(3, 6)), logit);
  const back = behind.map((value, j) => share(x, Array.from(w.slice(j * 4, j * 4 + 4)), value));
  return x.map((_, i) => back.reduce((sum, value) => sum + value[i]!, 0));
}

describe('a method of a plug-in', () => {
  it.each([0, 0.25])('explains with its rule, its share of %d handed through', async (even) => {
    const { relevance } = await explain({
      method: chooseMethod('lrp-absolute', { even }),
      plugins,
    });
    const { data } = relevance;
    for (let sample = 0; sample < 24; sample++)
      expect(
        relativeDifference(data.slice(sample * 4, sample * 4 + 4), byHand(sample, even)),
      ).toBeLessThan(1e-12);
  });

  it('is named in the recipe, with its version, only where it took part', async () => {
    const explanation = await explain({ method: chooseMethod('lrp-absolute'), plugins });
    expect(explanation.recipe.plugins).toEqual(['patternlens-absolute@1.2.0']);
    const other = await explain({ method: 'gradient', plugins });
    expect(other.recipe).not.toHaveProperty('plugins');
  });

  it('is inspected and checked like any other', () => {
    const { methods } = inspectNetwork(small, { plugins });
    expect(methods['lrp-absolute']).toEqual({ supported: true, problems: [], notes: [] });
    expect(() => {
      checkMethod(small, { method: chooseMethod('lrp-absolute'), plugins });
    }).not.toThrow();
    expect(inspectNetwork(small).methods).not.toHaveProperty('lrp-absolute');
  });

  it('is there only where the plug-in is handed over', () => {
    expect(() => traceMethod(small, { method: chooseMethod('lrp-absolute') })).toThrow(
      'no method "lrp-absolute"',
    );
  });

  it('is what a misspelt name may have meant', () => {
    expect(() => traceMethod(small, { method: chooseMethod('lrp-absolut'), plugins })).toThrow(
      'Did you mean "lrp-absolute"?',
    );
    expect(() =>
      traceMethod(small, { method: chooseMethod('lrp-absolute', { evne: 1 }), plugins }),
    ).toThrow('Did you mean "even"?');
    expect(() =>
      traceMethod(small, { method: chooseMethod('lrp-absolute', { even: -1 }), plugins }),
    ).toThrow('at least 0');
  });
});

describe('a rule of a plug-in', () => {
  it('goes by its name in a composite', async () => {
    const composite = [[kinds('dense'), { id: 'absolute', even: 0.5 }]] as const;
    const { relevance, recipe } = await explain({ method: 'lrp-0', composite, plugins });
    const want = await explain({ method: chooseMethod('lrp-absolute', { even: 0.5 }), plugins });
    expect(relevance).toEqual(want.relevance);
    expect(recipe).toMatchObject({ rules: ['absolute'], plugins: ['patternlens-absolute@1.2.0'] });
  });

  it('that nothing brings is refused, with the nearest name or what to do', () => {
    const composite = [[kinds('dense'), 'absolut']] as const;
    expect(() => traceMethod(small, { method: 'lrp-0', composite, plugins })).toThrow(
      'there is no rule "absolut". Did you mean "absolute"?',
    );
    expect(() => traceMethod(small, { method: 'lrp-0', composite })).toThrow('option plugins');
  });
});

describe('an estimator of a plug-in', () => {
  const fit = () => fitPatterns(small, [samples], { backend, plugins });

  it('is fitted, kept in the pattern file and used by PatternNet', async () => {
    const patterns = await fit();
    expect(patterns.estimators).toEqual(['linear', 'two-component', 'firing-mean']);
    const pieces: Uint8Array[] = [];
    for await (const piece of writePatterns(patterns)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    expect(bytes.includes('"hidden/firing-mean"')).toBe(true);
    const read = await readPatterns(bytesSource(bytes));
    const method = chooseMethod('pattern-net', { estimator: 'firing-mean' });
    const { relevance, recipe } = await explain({ method, patterns: read, plugins });
    expect(recipe.plugins).toEqual(['patternlens-absolute@1.2.0']);
    expect(recipe.patternSamples).toBe(24);
    const fresh = await explain({ method, patterns, plugins });
    expect(relativeDifference(relevance.data, fresh.relevance.data)).toBeLessThan(1e-6);
  });

  it('has the directions that it says', async () => {
    const { layers } = await fit();
    const w = weightsOf('hidden').slice(0, 4);
    const bias = small.layers[0]!.parameters['bias']!.tensor.data[0]!;
    const rows = Array.from({ length: 24 }, (_, at) => samples.data.slice(at * 4, at * 4 + 4));
    const dot = (a: ArrayLike<number>): number =>
      Array.from(a).reduce((sum, value, at) => sum + value * w[at]!, 0);
    const firing = rows.filter((row) => dot(row) + bias > 0);
    const mean = [0, 1, 2, 3].map((i) => firing.reduce((sum, row) => sum + row[i]!, 0));
    const want = mean.map((value) => value / dot(mean));
    const got = layers.get('hidden')!.directions['firing-mean']!.data.slice(0, 4);
    expect(relativeDifference(got, want)).toBeLessThan(1e-12);
  });

  it('is estimated again where patterns are merged, with the plug-in only', async () => {
    const patterns = await fit();
    const merged = await mergePatterns([patterns, patterns], { plugins });
    expect(
      relativeDifference(
        merged.layers.get('hidden')!.directions['firing-mean']!.data,
        patterns.layers.get('hidden')!.directions['firing-mean']!.data,
      ),
    ).toBeLessThan(1e-12);
    await expect(mergePatterns([patterns, patterns])).rejects.toThrow(
      /no estimator "firing-mean".*option plugins/,
    );
  });

  it('of the weights alone needs no patterns', async () => {
    const method = chooseMethod('pattern-attribution', { estimator: 'sign' });
    const { relevance, recipe } = await explain({ method, plugins });
    expect(recipe.plugins).toEqual(['patternlens-absolute@1.2.0']);
    const w = weightsOf('logits');
    expect(relevance.shape).toEqual([24, 4]);
    expect(w.length).toBe(6);
  });

  it('that is fitted needs patterns, and patterns of its own', async () => {
    const method = chooseMethod('pattern-net', { estimator: 'firing-mean' });
    expect(() => traceMethod(small, { method, plugins })).toThrow('pattern-net: it needs patterns');
    const patterns = await fitPatterns(small, [samples], { backend });
    expect(() => traceMethod(small, { method, plugins, patterns })).toThrow(
      /hold no "firing-mean" direction.*with the plug-in patternlens-absolute@1.2.0/,
    );
  });

  it('is a choice only where the plug-in is handed over', () => {
    const method = chooseMethod('pattern-net', { estimator: 'sign' });
    expect(() => traceMethod(small, { method })).toThrow('estimator must be one of identity');
    expect(() =>
      traceMethod(small, { method: chooseMethod('pattern-net', { estimator: 'sing' }), plugins }),
    ).toThrow('Did you mean "sign"?');
  });
});

describe('a canonizer of a plug-in', () => {
  const halve = defineCanonizer({
    name: 'rename-first',
    apply: (network) => ({
      ...network,
      layers: network.layers.map((layer, at) => (at === 0 ? { ...layer, name: 'renamed' } : layer)),
    }),
  });
  const plugin = definePlugin({ name: 'names', canonizers: [halve] });

  it('is applied, and the network and the recipe say so', async () => {
    const { recipe } = await explain({ method: 'gradient', plugins: [plugin] });
    expect(recipe.plugins).toEqual(['names']);
    expect(recipe.changes).toContain('changed by canonizer "rename-first" of plug-in names');
    expect(inspectNetwork(small, { plugins: [plugin] }).layers[0]!.name).toBe('renamed');
    expect(inspectNetwork(small).layers[0]!.name).toBe('hidden');
  });
});

test('a layer of a kind of its own has a gradient, and a name that people read', async () => {
  const network = createNetwork({
    inputs: small.inputs,
    outputs: ['sum'],
    layers: [cube, { ...small.layers[0]!, inputs: ['cubed'], output: 'sum' }],
  });
  const explainer = await createExplainer(network, { backend, method: 'gradient' });
  const { relevance } = await explainer.explain(samples, { target: 0 });
  const want = Array.from(samples.data, (x, at) => 3 * x * x * weightsOf('hidden')[at % 4]!);
  expect(relativeDifference(relevance.data, want)).toBeLessThan(1e-12);
  const report = inspectNetwork(network);
  expect(report.layers[0]!.kind).toBe('cube');
  expect(report.methods['lrp-0']!.problems).toEqual([
    { layer: 'cubed', reason: 'the method has no rule for cube' },
  ]);
});
