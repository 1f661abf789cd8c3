import type { Executable } from '../../backend/backend.js';
import type { RuleLoss } from '../../rules/rule.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';
import type { LayerSums, SumPorts } from '../../tracing/layer-sums.js';

/** A layer's part in one sample's relevance, in true numbers. */
export interface LayerFlow {
  readonly layer: string;
  readonly kind: string;
  readonly arrived: number;
  readonly arrivedMagnitude: number;
  readonly sent: number;
  readonly sentMagnitude: number;
  /** What the rule says that it kept back. */
  readonly losses: Readonly<Partial<Record<RuleLoss, number>>>;
}

/** Runs a program that was traced with `layerSums`.
 * @returns for each sample its layers from the output back. */
export async function followSums(
  sums: readonly LayerSums[],
  executable: Executable,
  inputs: TensorRecord,
  count: number,
): Promise<LayerFlow[][]> {
  const results = await executable.run(inputs);
  return Array.from({ length: count }, (_, sample) => {
    const of = (name: string, exponent: number): number =>
      results[name]!.data[sample]! * 2 ** exponent;
    const total = (ports: readonly SumPorts[], which: 'sum' | 'magnitude'): number =>
      ports.reduce((sum, port) => sum + of(port[which], port.exponent), 0);
    return sums.map(({ layer, arrived, sent, losses }) => ({
      layer: layer.name,
      kind: layer.kind,
      arrived: total([arrived], 'sum'),
      arrivedMagnitude: total([arrived], 'magnitude'),
      sent: total(sent, 'sum'),
      sentMagnitude: total(sent, 'magnitude'),
      losses: Object.fromEntries(
        Object.entries(losses).map(([reason, port]) => [reason, total([port], 'sum')]),
      ),
    }));
  });
}
