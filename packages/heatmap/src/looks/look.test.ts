import { createColourMap } from '../colours/colour-map.js';
import { COLOUR_MAPS } from '../colours/colour-maps.js';
import { lookOf } from './look.js';

describe('lookOf', () => {
  it('fills in the defaults', () => {
    expect(lookOf({})).toEqual({
      view: 'auto',
      reduction: 'sum',
      quantile: 99.5,
      signalQuantile: 100,
      gamma: 1,
      colours: COLOUR_MAPS.bwr,
      strength: 0.8,
    });
  });

  it('shows magnitudes on a sequential map', () => {
    expect(lookOf({ reduction: 'l2' }).colours).toBe(COLOUR_MAPS.viridis);
    expect(lookOf({ reduction: 'l2', colours: 'hot' }).colours).toBe(COLOUR_MAPS.hot);
    expect(lookOf({ reduction: 'l2', colours: 'bwr' }).colours).toBe(COLOUR_MAPS.bwr);
  });

  it("takes a map of one's own", () => {
    const custom = createColourMap('own', 'diverging', [
      [0, 0, 0, 0],
      [0.5, 9, 9, 9],
      [1, 255, 255, 255],
    ]);
    expect(lookOf({ colours: custom }).colours).toBe(custom);
  });

  it('refuses a sequential map for signed values, and says what to do', () => {
    const look = () => lookOf({ colours: 'viridis' });
    expect(look).toThrow(expect.objectContaining({ code: 'invalid-argument' }) as Error);
    expect(look).toThrow('Choose bwr, seismic, seismic-zennit, coldnhot, RdBu, PuOr, or show');
  });

  it.each([{ gamma: 0 }, { gamma: NaN }, { strength: -0.1 }, { strength: 1.1 }])(
    'refuses %j',
    (options) => {
      expect(() => lookOf(options)).toThrow(
        expect.objectContaining({ code: 'invalid-argument' }) as Error,
      );
    },
  );
});
