import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chooseMethod,
  fitPatterns,
  PatternLensError,
  traceMethod,
  type ErrorCode,
  type Plugin,
} from '@patternlens/core';
import { defineMetric, metricsWith } from '@patternlens/core/metrics';
import { createNetwork } from '@patternlens/core/network';
import {
  CORE_VERSION,
  defineCanonizer,
  defineEstimator,
  defineLayer,
  defineMethod,
  definePlugin,
  defineRule,
  checkedPlugins,
  type Directions,
} from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { cube, lrpAbsolute, plugin, pluginOf, samples, small } from '../testing/plugin-parts.js';

const backend = referenceBackend();
const manifest = JSON.parse(
  readFileSync(join(__dirname, '../../../core/package.json'), 'utf8'),
) as {
  version: string;
};

async function failureOf(run: () => unknown): Promise<PatternLensError> {
  try {
    await run();
  } catch (cause) {
    expect(cause).toBeInstanceOf(PatternLensError);
    return cause as PatternLensError;
  }
  throw new Error('It did not fail.');
}

async function expectRefusal(run: () => unknown, code: ErrorCode, ...words: string[]) {
  const error = await failureOf(run);
  for (const word of words) expect(error.message).toContain(word);
  expect(error.code).toBe(code);
  return error;
}

const traceOdd = (odd: Plugin) => () =>
  traceMethod(small, { method: chooseMethod('odd'), plugins: [odd] });

describe('what a plug-in does wrong while tracing names it, its rule and the layer:', () => {
  it('a throw, with its cause', async () => {
    const boom = new Error('boom');
    const odd = pluginOf(() => {
      throw boom;
    });
    const words = ['"odd-plugin@3.0.0"', 'rule "odd-rule"', 'layer "logits"', 'boom'];
    const error = await expectRefusal(traceOdd(odd), 'plugin-failed', ...words);
    expect(error.subject).toEqual({
      about: 'layer "logits" (dense)',
      layer: 'logits',
      plugin: 'odd-plugin@3.0.0',
    });
    expect((error.cause as Error).cause).toBe(boom);
  });

  it('a wrong shape, with both', async () => {
    const odd = pluginOf(({ ops }) => [ops.broadcast(ops.scalar(1), [{ batch: 1 }, 7])]);
    const words = ['"odd-plugin@3.0.0"', '"odd-rule"', '"logits"', '[N, 7]', '[N, 3]'];
    await expectRefusal(traceOdd(odd), 'invalid-shape', ...words);
  });

  it('no value at all', async () => {
    await expectRefusal(traceOdd(pluginOf(() => [])), 'invalid-shape', 'nothing', '[N, 3]');
    const none = pluginOf(() => undefined as never);
    await expectRefusal(traceOdd(none), 'plugin-failed', '"odd-rule"', 'returned nothing');
  });

  it('sizes that do not agree, which keep their code', async () => {
    const odd = pluginOf(({ ops, inputs }, r) => [ops.add(r, inputs[0]!)]);
    await expectRefusal(traceOdd(odd), 'invalid-shape', '"odd-plugin@3.0.0"', '"odd-rule"');
  });

  it.each<[string, unknown, string]>([
    ['no composite', undefined, 'must be a list'],
    ['an entry without a matcher', [['dense', {}]], 'entry 1 has no matcher'],
    ['an entry without a rule', [[() => true, lrpAbsolute]], 'entry 1 has no rule'],
    ['an entry that is none', [undefined], 'entry 1 has no matcher'],
  ])('%s', async (_title, composite, word) => {
    const method = defineMethod({
      id: 'odd',
      group: 'signal',
      start: 'one',
      composite: () => composite as never,
    });
    const odd = definePlugin({ name: 'odd-plugin', methods: [method] });
    await expectRefusal(traceOdd(odd), 'invalid-plugin', '"odd-plugin"', 'method "odd"', word);
  });

  it('a canonizer that throws, or breaks the network', async () => {
    const apply = (change: () => never) =>
      definePlugin({
        name: 'odd-plugin',
        canonizers: [defineCanonizer({ name: 'breaks', apply: change })],
      });
    const trace = (odd: Plugin) => () => traceMethod(small, { method: 'gradient', plugins: [odd] });
    const throws = apply(() => {
      throw new Error('boom');
    });
    const words = ['"odd-plugin"', 'canonizer "breaks"'];
    await expectRefusal(trace(throws), 'plugin-failed', ...words, 'boom');
    const loses = apply(() => ({ ...small, layers: small.layers.slice(1) }) as never);
    await expectRefusal(trace(loses), 'invalid-network', ...words, 'nothing makes');
    const none = apply(() => undefined as never);
    await expectRefusal(trace(none), 'plugin-failed', ...words, 'must return a network');
  });
});

describe('what an estimator does wrong names it, its plug-in and the layer:', () => {
  const fitWith = (estimate: () => Directions) => () =>
    fitPatterns(small, [samples], {
      backend,
      plugins: [
        definePlugin({
          name: 'odd-plugin',
          estimators: [defineEstimator({ id: 'odd', estimate })],
        }),
      ],
    });
  const named = ['"odd-plugin"', 'estimator "odd"', 'layer "hidden"'];
  const nan = new Float64Array(12);
  nan[6] = NaN;

  test.each<[string, () => Directions, ErrorCode, string[]]>([
    [
      'a throw',
      () => {
        throw new Error('boom');
      },
      'plugin-failed',
      ['boom'],
    ],
    ['a wrong shape', () => ({ positive: new Float64Array(5) }), 'invalid-shape', ['[3, 4]', '5']],
    ['nothing', () => undefined as never, 'invalid-shape', ['12 numbers', 'undefined']],
    ['a plain list', () => ({ positive: [1] as never }), 'invalid-shape', ['a list of 1']],
    [
      'a number that is none',
      () => ({ positive: nan }),
      'not-finite',
      ['neuron 1', 'NaN', 'input 2'],
    ],
    [
      'that in the other regime',
      () => ({ positive: new Float64Array(12), negative: nan }),
      'not-finite',
      ['negative direction', 'neuron 1'],
    ],
  ])('%s', async (_title, estimate, code, words) => {
    await expectRefusal(fitWith(estimate), code, ...named, ...words);
  });

  it('an estimator of weights alone, when a rule asks for it', async () => {
    const odd = defineEstimator({
      id: 'odd',
      fitted: false,
      estimate: () => ({ positive: new Float64Array(1) }),
    });
    const plugins = [definePlugin({ name: 'odd-plugin', estimators: [odd] })];
    const method = { id: 'pattern-net', estimator: odd.id } as const;
    const words = ['"odd-plugin"', 'estimator "odd"', 'layer "logits"', '[2, 3]'];
    await expectRefusal(() => traceMethod(small, { method, plugins }), 'invalid-shape', ...words);
  });

  it('one that is not fitted is not asked for patterns', async () => {
    const run = () =>
      fitPatterns(small, [samples], { backend, estimators: ['sign'], plugins: [plugin] });
    await expectRefusal(run, 'invalid-argument', '"sign" is not fitted');
    const unknown = () => fitPatterns(small, [samples], { backend, estimators: ['linaer'] });
    await expectRefusal(unknown, 'invalid-argument', 'Did you mean "linear"?');
  });
});

describe('plug-ins that clash by name are refused, naming both:', () => {
  const other = (parts: Partial<Plugin>): Plugin =>
    definePlugin({ name: 'other', version: '2.0.0', ...parts });
  const both = ['"patternlens-absolute@1.2.0"', '"other@2.0.0"'];
  const use =
    (...plugins: Plugin[]) =>
    () =>
      checkedPlugins(plugins);

  it('two methods, rules or estimators', async () => {
    const word = 'Leave one of them out';
    await expectRefusal(
      use(plugin, other({ methods: [lrpAbsolute] })),
      'invalid-plugin',
      ...both,
      'method "lrp-absolute"',
      word,
    );
    await expectRefusal(
      use(plugin, other({ rules: plugin.rules })),
      'invalid-plugin',
      ...both,
      word,
    );
    await expectRefusal(
      use(plugin, other({ estimators: plugin.estimators })),
      'invalid-plugin',
      ...both,
      word,
    );
  });

  it('two plug-ins of one name, or one part twice', async () => {
    await expectRefusal(
      use(plugin, plugin),
      'invalid-plugin',
      'patternlens-absolute@1.2.0',
      'one name',
    );
    const twice = other({ methods: [lrpAbsolute, lrpAbsolute] });
    await expectRefusal(use(twice), 'invalid-plugin', '"other@2.0.0"', 'twice');
  });

  it('what PatternLens has itself', async () => {
    const expectClash = (parts: Partial<Plugin>, ...words: string[]) =>
      expectRefusal(
        use(other(parts)),
        'invalid-plugin',
        '"other@2.0.0"',
        'PatternLens itself',
        ...words,
      );
    await expectClash(
      { methods: [defineMethod({ ...lrpAbsolute, id: 'lrp-0' })] },
      'method "lrp-0"',
    );
    await expectClash(
      { estimators: [defineEstimator({ id: 'linear', estimate: () => undefined as never })] },
      'estimator "linear"',
    );
    await expectClash(
      { rules: [defineRule({ id: 'lrp-epsilon', backward: () => [] })] },
      'rule "lrp-epsilon"',
    );
    await expectClash(
      { canonizers: [defineCanonizer({ name: 'cut-head', apply: (network) => network })] },
      'canonizer "cut-head"',
    );
    const metric = defineMetric({ id: 'quality', measure: () => Promise.reject(new Error()) });
    expect(metricsWith([], [other({ metrics: [metric] })])).toHaveLength(1);
    const run = () => metricsWith([metric], [other({ metrics: [metric] })]);
    await expectRefusal(run, 'invalid-plugin', '"other@2.0.0"', 'metric "quality"');
  });
});

describe('versions of the core', () => {
  it('are those of its manifest', () => {
    expect(CORE_VERSION).toBe(manifest.version);
    expect(plugin.core).toBe(manifest.version);
  });

  it.each(['1.0.0', 2, '^3', '12.x'])(
    '%s: another major is refused with the remedy',
    async (core) => {
      const built = definePlugin({ name: 'late', version: '5.0.0', core });
      await expectRefusal(
        () => traceMethod(small, { method: 'gradient', plugins: [built] }),
        'invalid-plugin',
        '"late@5.0.0"',
        `version ${parseInt(String(core).replace('^', ''))} `,
        `Install a version of the plug-in for 0.x`,
      );
    },
  );

  it('of the same major work', () => {
    for (const core of ['0.1.0', '^0.9', 0, '0.2.0-beta.1'])
      expect(
        checkedPlugins([definePlugin({ name: 'fits', core })]).map(({ name }) => name),
      ).toEqual(['fits']);
  });
});

describe('what is no plug-in, or a broken one, says what is wrong:', () => {
  const backward = () => [];
  test.each<[string, () => unknown, string[]]>([
    ['a bare object', () => checkedPlugins([{ name: 'x' } as never]), ['place 1', 'definePlugin']],
    ['nothing', () => checkedPlugins([plugin, undefined as never]), ['place 2', 'undefined']],
    ['not a list', () => checkedPlugins({ length: 1 } as never), ['expected a list']],
    ['no name', () => definePlugin({} as never), ['name', 'undefined']],
    ['a bad version', () => definePlugin({ name: 'a', version: 'new' }), ['"a"', '"new"']],
    ['a bad core', () => definePlugin({ name: 'a', core: 'any' }), ['"a"', '"any"']],
    [
      'methods that are no list',
      () => definePlugin({ name: 'a', methods: {} as never }),
      ['methods'],
    ],
    [
      'a rule that is none',
      () => definePlugin({ name: 'a', rules: [{ id: 'b' } as never] }),
      ['defineRule'],
    ],
    [
      'a name in capitals',
      () => defineRule({ id: 'MyRule', backward }),
      ['small letters', '"MyRule"'],
    ],
    ['a rule without backward', () => defineRule({ id: 'a' } as never), ['rule "a"', 'backward']],
    [
      'a method without a group',
      () => defineMethod({ ...lrpAbsolute, group: 'x' as never }),
      ['group'],
    ],
    [
      'a method without a composite',
      () => defineMethod({ ...lrpAbsolute, composite: 1 as never }),
      ['composite'],
    ],
    [
      'an estimator that estimates nothing',
      () => defineEstimator({ id: 'a' } as never),
      ['estimate'],
    ],
    [
      'an operator of no framework',
      () => defineLayer({ id: 'a', operators: ['Relu'], make: () => ({}) as never }),
      ['onnx:NAME', '"Relu"'],
    ],
    ['a layer without operators', () => defineLayer({ id: 'a' } as never), ['make']],
    ['a metric that measures nothing', () => defineMetric({ id: 'a' } as never), ['measure']],
    [
      'a parameter with a bad name',
      () => defineRule({ id: 'a', backward, parameters: { 'a,b': {} } }),
      ['"a,b"'],
    ],
  ])('%s', async (_title, run, words) => {
    await expectRefusal(run, 'invalid-plugin', ...words);
  });
});

test('plug-ins and their parts are frozen, and unknown fields of methods stay', () => {
  expect(Object.isFrozen(plugin)).toBe(true);
  expect(Object.isFrozen(plugin.methods)).toBe(true);
  expect(Object.isFrozen(lrpAbsolute)).toBe(true);
  const more = defineMethod({ ...lrpAbsolute, extra: 7 } as never);
  expect(definePlugin({ name: 'a', methods: [more] }).methods[0]).toHaveProperty('extra', 7);
});

test('a layer of a kind of its own that throws is named', () => {
  const broken = {
    ...cube,
    attributes: {
      type: 'cube',
      forward: () => {
        throw new Error('boom');
      },
      gradient: () => [],
    },
  } as typeof cube;
  expect(() =>
    createNetwork({ inputs: small.inputs, outputs: ['cubed'], layers: [broken] }),
  ).toThrow('layer "cubed" (custom): boom');
});
