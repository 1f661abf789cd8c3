import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { HostCard } from '../report/benchmark-report.js';

const GIGABYTE = 2 ** 30;

/** This process and its machine, as a report shows them. */
export function nodeHost(): HostCard {
  const [processor] = cpus();
  return {
    id: 'node',
    kind: 'node',
    name: `Node ${process.versions.node}`,
    facts: [
      { label: 'System', value: `${platform()} ${release()}, ${arch()}` },
      { label: 'Processor', value: processor?.model.trim() ?? 'unknown' },
      { label: 'Cores', value: String(availableParallelism()) },
      { label: 'Memory', value: `${(totalmem() / GIGABYTE).toFixed(1)} GiB` },
      { label: 'V8', value: process.versions.v8 },
    ],
  };
}
