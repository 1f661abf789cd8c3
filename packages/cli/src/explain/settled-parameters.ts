import type { CanonicalNetwork } from '@patternlens/core';
import type { Method } from '@patternlens/core/tracing';

/** Says which parameters of a driver follow from the network, since they were not given. */
export function saySettled(
  methods: readonly Method[],
  network: CanonicalNetwork,
  say: (line: string) => void,
): void {
  for (const { id, driver, parameters } of methods) {
    const taken = Object.entries(driver?.settled?.({ network }) ?? {}).filter(
      ([name]) => parameters[name] === undefined,
    );
    if (taken.length === 0) continue;
    const values = taken.map(
      ([name, value]) => `${name} ${typeof value === 'object' ? value.join('/') : value}`,
    );
    say(`${id}: ${values.join(', ')}, from the size of the input`);
  }
}
