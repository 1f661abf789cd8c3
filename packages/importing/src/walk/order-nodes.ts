/** What of a graph is read of what, and what is thrown where that cannot be. */
export interface Reading<N> {
  /** The nodes that a node reads, in the order in which it reads them; may throw where one is missing. */
  readonly read: (node: N) => readonly N[];
  /** Throws that nodes wait for each other: the second reads the first, over any number of others. */
  readonly circle: (node: N, read: N) => never;
}

/** Nodes and all that they read, each behind what it reads; else they keep their order. */
export function orderNodes<N>(nodes: Iterable<N>, { read, circle }: Reading<N>): N[] {
  const sorted: N[] = [];
  const state = new Map<N, 'open' | 'done'>();
  for (const node of nodes) {
    if (state.has(node)) continue;
    const open = [{ node, reads: read(node), next: 0 }];
    state.set(node, 'open');
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const before = last.reads[last.next];
      last.next++;
      if (before === undefined) {
        state.set(last.node, 'done');
        sorted.push(last.node);
        open.pop();
      } else if (state.get(before) === 'open') {
        circle(last.node, before);
      } else if (!state.has(before)) {
        state.set(before, 'open');
        open.push({ node: before, reads: read(before), next: 0 });
      }
    }
  }
  return sorted;
}
