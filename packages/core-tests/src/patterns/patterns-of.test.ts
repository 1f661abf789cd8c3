import {
  bytesSource,
  fitPatterns,
  resolveNetwork,
  sliceSamples,
  type PatternSet,
} from '@patternlens/core';
import { patternsOf, readCheckpoint, writeCheckpoint } from '@patternlens/core/patterns';
import { referenceBackend } from '@patternlens/reference';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const network = resolveNetwork(randomNetwork(3));
const samples = randomInputs(network, 4, 20);

const valuesOf = (patterns: PatternSet) => ({
  samples: patterns.samples,
  layers: [...patterns.layers].map(([layer, { directions, counts, samples: seen }]) => ({
    layer,
    seen,
    counts: Array.from(counts),
    directions: Object.entries(directions).map(([kind, direction]) => [
      kind,
      Array.from(direction.data),
    ]),
  })),
});

describe('the patterns of a fit under way', () => {
  it('are those of a fit of what it has seen', async () => {
    const formed: PatternSet[] = [];
    const firsts: PatternSet[] = [];
    await fitPatterns(network, [samples], {
      backend,
      checkpointSeconds: 0,
      onCheckpoint: async (checkpoint) => {
        formed.push(await patternsOf(network, checkpoint));
        const first = formed[0]!.layers.keys().next().value!;
        firsts.push(await patternsOf(network, checkpoint, { layers: [first] }));
      },
    });
    expect(formed[0]!.samples).toBe(8);
    for (const patterns of formed) {
      const part = sliceSamples(samples, 0, patterns.samples);
      const whole = await fitPatterns(network, [part], { backend });
      expect(valuesOf(patterns)).toEqual(valuesOf(whole));
    }
    expect(formed[0]!.layers.size).toBeGreaterThan(1);
    expect([...firsts[0]!.layers]).toEqual([[...formed[0]!.layers][0]]);
  });

  it('are refused before the first sample', async () => {
    const nothing = { pass: 0, nextBlock: 0, samples: 0, shifts: new Map(), moments: [] };
    await expect(patternsOf(network, nothing)).rejects.toMatchObject({ code: 'empty-data' });
  });
});

describe('the file of a checkpoint', () => {
  const identity = { data: 'a', preprocessing: 'none', limit: '20', shard: 'none', memory: '1' };
  const checkpointFile = async (): Promise<Uint8Array> => {
    const files: Promise<Buffer>[] = [];
    await fitPatterns(network, [samples], {
      backend,
      checkpointSeconds: 0,
      onCheckpoint: async (checkpoint) => {
        const parts: Uint8Array[] = [];
        for await (const part of writeCheckpoint(network, identity, checkpoint))
          parts.push(part.slice());
        files.push(Promise.resolve(Buffer.concat(parts)));
      },
    });
    return files[0]!;
  };

  it('lets a fit go on where it stopped', async () => {
    const file = bytesSource(await checkpointFile());
    const resume = await readCheckpoint(file, network, identity, 'stopped');
    expect(resume).toMatchObject({ pass: 0, nextBlock: 1, samples: 8 });
    const whole = await fitPatterns(network, [samples], { backend });
    const resumed = await fitPatterns(network, [samples], { backend, resume });
    expect(valuesOf(resumed)).toEqual(valuesOf(whole));
  });

  it('is refused by a fit of other samples', async () => {
    const file = bytesSource(await checkpointFile());
    await expect(
      readCheckpoint(file, network, { ...identity, data: 'b' }, 'stopped'),
    ).rejects.toMatchObject({
      code: 'pattern-mismatch',
      sentence: expect.stringContaining('another data: a, now b') as string,
    });
  });
});
