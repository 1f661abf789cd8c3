import { toyPlane } from './toy-plane.js';

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0);

describe('the toy of the plane', () => {
  it.each([20, 45, 90, 135, 160])(
    'at %i degrees, w is at right angles to the distractor and a stays on the signal',
    (angle) => {
      const { w, a, distractor } = toyPlane(angle, false);
      expect(dot(w, distractor)).toBeCloseTo(0, 12);
      // w'a_s = 1: the neuron tells y exactly. a is the signal itself.
      expect(dot(w, [1, 0])).toBeCloseTo(1, 12);
      expect(a[0]).toBeCloseTo(1, 12);
      expect(a[1]).toBeCloseTo(0, 12);
    },
  );

  it('has a distractor in what the filter leaves, and none in what the pattern leaves', () => {
    // At 45 degrees: cov = [[1/3 + 1/8, 1/8], [1/8, 1/8]], w = (1, -1), S_w leaves x - w w'x/2 = ((x1 + x2)/2)(1, 1).
    // cov(x1 + x2, x1 - x2) = 1/3, var(x1 + x2) = 1/3 + 4/8, var(x1 - x2) = 1/3.
    const { rho } = toyPlane(45, false);
    expect(rho.filter).toBeCloseTo(1 - Math.sqrt(1 / 3 / (1 / 3 + 1 / 2)), 12);
    expect(rho.pattern).toBeCloseTo(1, 12);
    expect(toyPlane(90, false).rho.filter).toBeCloseTo(1, 12);
  });

  it('keeps the pattern on the signal where there is noise, while the weights give way', () => {
    const { w, a, distractor } = toyPlane(45, true);
    expect(Math.abs(dot(w, distractor))).toBeGreaterThan(0.01);
    expect(a[1] / a[0]).toBeCloseTo(0, 12);
  });
});
