import { PatternLensError } from '@patternlens/core';
import type { BenchmarkReport, HostCard, NetworkResult } from '../report/benchmark-report.js';

/** A network's results of two reports, one behind the other. */
function joinNetworks(a: NetworkResult, b: NetworkResult): NetworkResult {
  const known = new Set(a.backends.map(({ backend, host }) => `${host} ${backend}`));
  const twice = b.backends.find(({ backend, host }) => known.has(`${host} ${backend}`));
  if (twice)
    throw new PatternLensError(
      'benchmark',
      'invalid-argument',
      `reports: both hold ${twice.backend} of host "${twice.host}" for network "${a.name}". Merge reports of different backends or hosts.`,
      { backend: twice.backend },
    );
  return {
    ...a,
    samples: a.samples.length > 0 ? a.samples : b.samples,
    patterns: a.patterns ?? b.patterns,
    backends: [...a.backends, ...b.backends],
  };
}

const sameCard = (a: HostCard, b: HostCard): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Two reports as one: of the same networks by other backends or hosts, or of other networks.
 * @throws PatternLensError `invalid-argument` where they can't be one: a network of the same name with other weights, a host of the
 * same id that is another, the same backend twice, other limits. */
export function mergeReports(a: BenchmarkReport, b: BenchmarkReport): BenchmarkReport {
  const refuse = (message: string): never => {
    throw new PatternLensError('benchmark', 'invalid-argument', `reports: ${message}`);
  };
  if (a.limit !== b.limit)
    refuse(`one is judged by ${a.limit}, the other by ${b.limit}. Make both with the same limit.`);
  for (const card of b.hosts) {
    const known = a.hosts.find(({ id }) => id === card.id);
    if (known && !sameCard(known, card))
      refuse(
        `host "${card.id}" is not the same in both. Make them on one machine, or compare them.`,
      );
  }
  for (const network of b.networks) {
    const known = a.networks.find(({ name }) => name === network.name);
    if (known && known.fingerprint !== network.fingerprint)
      refuse(`network "${network.name}" has other weights in one than in the other.`);
  }
  const named = (name: string): NetworkResult | undefined =>
    b.networks.find((network) => network.name === name);
  const names = new Set(a.networks.map(({ name }) => name));
  return {
    ...a,
    created: a.created > b.created ? a.created : b.created,
    hosts: [...a.hosts, ...b.hosts.filter(({ id }) => !a.hosts.some((host) => host.id === id))],
    networks: [
      ...a.networks.map((network) => {
        const other = named(network.name);
        return other ? joinNetworks(network, other) : network;
      }),
      ...b.networks.filter(({ name }) => !names.has(name)),
    ],
  };
}
