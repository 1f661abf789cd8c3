import { joinTensors, type Network, type SampleSource, type TensorRecord } from '@patternlens/core';
import { readRecord, uniforms } from '@patternlens/core/tensor';

/** Some samples of a source, as a source. */
export function someSamples(
  network: Network,
  source: SampleSource,
  indices: readonly number[],
): SampleSource {
  const read = async (first: number, count: number): Promise<TensorRecord> => {
    const parts: TensorRecord[] = [];
    for (let at = first; at < first + count;) {
      let length = 1;
      while (at + length < first + count && indices[at + length] === indices[at]! + length)
        length++;
      parts.push(await readRecord(network, source.read(indices[at]!, length)));
      at += length;
    }
    const names = Object.keys(parts[0] ?? {});
    return Object.fromEntries(
      names.map((name) => [name, joinTensors(parts.map((part) => part[name]!))]),
    );
  };
  return { count: indices.length, read };
}

/** A source shuffled by seed and cut into parts of nearly equal size; within a part the samples keep their order. */
export function splitSamples(
  network: Network,
  source: SampleSource,
  parts: number,
  seed: number,
): SampleSource[] {
  const draw = uniforms(seed);
  const order = Array.from({ length: source.count }, (_, at) => at);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * order.length) / parts),
      to = Math.floor(((part + 1) * order.length) / parts);
    return someSamples(
      network,
      source,
      order.slice(from, to).sort((a, b) => a - b),
    );
  });
}
