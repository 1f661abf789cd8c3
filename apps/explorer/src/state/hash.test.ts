import { formatHash, parseHash, readHash } from './hash.js';

const told = (hash: string): readonly string[] => readHash(parseHash(hash)).told;

describe('the address', () => {
  it.each([
    ['i', '1.5'],
    ['i', '-1'],
    ['i', 'abc'],
    ['tour', '1.5'],
    ['tour', '6'],
    ['v', 'abc'],
    ['swipe', '2'],
    ['q', '0'],
    ['view', 'constructor'],
    ['data', 'generated:seed=abc'],
  ])('tells that %s can not be %s, and leaves it out', (key, value) => {
    const request = readHash(parseHash(`#${key}=${value}`));
    expect(request.told).toEqual([
      `The link's ${key} "${value}" is not known here, and is left out.`,
    ]);
    expect([request.index, request.tour, request.data, request.view, request.look]).toEqual([
      ...[undefined, undefined, undefined, undefined],
      {},
    ]);
  });

  it('takes what the page itself writes without a word', () => {
    const own =
      '#v=1&model=default&output=logits&data=generated:seed=7,first=3&i=0&target=conv1/3@0,4&methods=gradient,lrp-gamma:gamma=0.5&view=learn&look=heat&map=bwr&q=99.5&scope=map&gamma=2&strength=0.5&swipe=1&backend=tfjs:wasm&tour=5';
    expect(told(own)).toEqual([]);
    expect(formatHash(parseHash(own))).toBe(own);
  });

  it('tells a newer version as such', () => {
    expect(told('#v=2')).toEqual(['This link is of a newer version; what it adds is left out.']);
  });

  it('takes a method once that is named twice', () => {
    const { methods } = readHash(parseHash('#methods=gradient,gradient,lrp-epsilon'));
    expect(methods?.map(({ text }) => text)).toEqual(['gradient', 'lrp-epsilon']);
  });
});
