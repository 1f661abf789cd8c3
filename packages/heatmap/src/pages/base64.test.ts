import { base64 } from './base64.js';

describe('base64', () => {
  it.each([0, 1, 2, 3, 4, 257])('agrees with Node on %d bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 73 + 200) % 256);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});
