import { nodeRenderer } from './node.js';

describe('nodeRenderer', () => {
  it('finds its parts by itself, once', async () => {
    const renderer = await nodeRenderer();
    expect(renderer.family).toBe('DejaVu Sans');
    expect(await nodeRenderer()).toBe(renderer);
  });
});
