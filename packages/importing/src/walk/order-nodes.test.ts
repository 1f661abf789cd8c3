import { orderNodes } from './order-nodes.js';

const reads: Readonly<Record<string, readonly string[]>> = {
  a: [],
  b: ['a'],
  c: ['a'],
  d: ['c', 'b'],
  p: ['q'],
  q: ['p'],
};
const reading = {
  read: (node: string) => reads[node]!,
  circle: (node: string, read: string): never => {
    throw new Error(`${node} reads ${read}`);
  },
};

test('nodes that are sorted keep their order', () => {
  expect(orderNodes(['a', 'b', 'c', 'd'], reading)).toEqual(['a', 'b', 'c', 'd']);
});

test('a node that comes too early waits for what it reads, and only what is read is added', () => {
  expect(orderNodes(['d', 'a'], reading)).toEqual(['a', 'c', 'b', 'd']);
});

test('nodes that wait for each other are reported', () => {
  expect(() => orderNodes(['p'], reading)).toThrow('q reads p');
});

test('a long chain takes no stack', () => {
  const last = 1e5;
  const sorted = orderNodes([last], {
    read: (node: number) => (node === 0 ? [] : [node - 1]),
    circle: () => {
      throw new Error('circle');
    },
  });
  expect([sorted[0], sorted.length]).toEqual([0, last + 1]);
});
