import type { BackendResult, BenchmarkReport, HostCard } from '../report/benchmark-report.js';
import { mergeReports } from './merge-reports.js';

const host = (id: string): HostCard => ({ id, kind: 'node', name: id, facts: [] });
const backend = (id: string, hostId: string): BackendResult => ({
  backend: id,
  host: hostId,
  methods: [],
});

function report(
  hostId: string,
  ids: readonly string[],
  more: Partial<BenchmarkReport> = {},
): BenchmarkReport {
  return {
    format: 'patternlens-benchmark',
    version: 1,
    created: `2026-01-0${ids.length}`,
    patternlens: '0.1.0',
    limit: 1e-4,
    hosts: [host(hostId)],
    networks: [
      {
        name: 'net',
        layers: 1,
        parameters: 1,
        macs: 1,
        fingerprint: 'f',
        samples: ['a'],
        backends: ids.map((id) => backend(id, hostId)),
      },
    ],
    ...more,
  };
}

test('backends of two hosts stand in one network', () => {
  const merged = mergeReports(report('node', ['a:b']), report('chromium', ['a:b', 'c:d']));
  expect(merged.hosts.map(({ id }) => id)).toEqual(['node', 'chromium']);
  expect(merged.networks).toHaveLength(1);
  expect(merged.networks[0]!.backends).toEqual([
    backend('a:b', 'node'),
    backend('a:b', 'chromium'),
    backend('c:d', 'chromium'),
  ]);
  expect(merged.created).toBe('2026-01-02');
});

test('networks of other names are added', () => {
  const other = report('node', ['a:b']);
  const renamed = { ...other, networks: [{ ...other.networks[0]!, name: 'other' }] };
  const { networks } = mergeReports(report('node', ['a:b']), renamed);
  expect(networks.map(({ name }) => name)).toEqual(['net', 'other']);
});

test.each([
  ['another limit', report('chromium', ['a:b'], { limit: 1 }), 'the same limit'],
  ['the same backend of the same host', report('node', ['a:b']), 'both hold a:b'],
  [
    'another host of the same id',
    report('node', ['c:d'], { hosts: [{ ...host('node'), name: 'x' }] }),
    'host "node"',
  ],
  [
    'other weights',
    report('chromium', ['c:d'], {
      networks: [{ ...report('chromium', ['c:d']).networks[0]!, fingerprint: 'g' }],
    }),
    'other weights',
  ],
])('%s is refused', (_what, other, part) => {
  expect(() => mergeReports(report('node', ['a:b']), other)).toThrow(part);
});
