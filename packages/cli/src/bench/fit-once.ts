import { fitPatterns, writePatterns, type PatternSet } from '@patternlens/core';
import { samplesOf, type BenchmarkJob } from '@patternlens/benchmark';

/** The patterns of a job's samples, fitted by the reference. */
export async function fitOnce({ network, fitted, plugins }: BenchmarkJob): Promise<PatternSet> {
  const { referenceBackend } = await import('@patternlens/reference');
  const count = Object.values(fitted!)[0]!.shape[0]!;
  return fitPatterns(network, [samplesOf(fitted!, 0, count)], {
    backend: referenceBackend(),
    withoutMoments: true,
    plugins,
  });
}

/** Patterns as the bytes of a file, to be sent elsewhere. */
export async function patternBytes(patterns: PatternSet): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writePatterns(patterns)) pieces.push(Uint8Array.from(piece));
  return new Uint8Array(Buffer.concat(pieces));
}
