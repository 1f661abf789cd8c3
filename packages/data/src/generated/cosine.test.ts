import { cosine } from './cosine.js';

test('every step of two turns, either way', () => {
  for (let k = -128; k <= 128; k++) expect(cosine(k)).toBeCloseTo(Math.cos((k * Math.PI) / 32), 14);
  expect(cosine(16)).toBe(0);
  expect(cosine(-48)).toBe(0);
});
