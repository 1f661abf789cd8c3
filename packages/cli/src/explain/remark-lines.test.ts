import { remarkLines } from './remark-lines.js';

const told = (layer: string, text: string) => ({ code: 'rule', layer, text }) as const;

test('what is to be known is one line for each thing, with three layers by name', () => {
  const layers = ['a', 'b', 'c', 'd', 'e'].map((layer) => told(layer, 'approximate'));
  expect(remarkLines('pattern-net', [...layers, told('z', 'an input arrives here')])).toEqual([
    'pattern-net: "a", "b", "c" and 2 more: approximate',
    'pattern-net: "z": an input arrives here',
  ]);
  expect(remarkLines('gradient', [])).toEqual([]);
});
