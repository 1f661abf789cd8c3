import { integratedGradientsDriver } from './drivers/integrated-gradients.js';
import { occlusionDriver } from './drivers/occlusion.js';
import { QUADRATURES } from './drivers/quadrature.js';
import { NOISE_VARIANTS, smoothGradDriver } from './drivers/smooth-grad.js';
import { gradient } from './gradient-methods.js';
import { driverMethod, type MethodDefinition } from './method-definition.js';
import { refuseParameters } from './lrp-parameters.js';
import { methodOf } from './method-of.js';

const LARGEST_SEED = 2 ** 32 - 1;

/** Integrated Gradients (Sundararajan et al. 2017). */
export const integratedGradients = driverMethod({
  id: 'integrated-gradients',
  group: 'attribution',
  start: 'one',
  parameters: {
    steps: { default: 64, whole: true, atLeast: 1, words: ['auto'] },
    tolerance: { above: 0 },
    limit: { whole: true, atLeast: 1 },
    baseline: { default: 0, list: true },
    quadrature: { default: 'midpoint', choices: QUADRATURES },
  },
  settle: (parameters) => {
    const { steps, tolerance, limit, ...others } = parameters;
    if (steps === 'auto')
      return { steps, ...others, tolerance: tolerance ?? 0.01, limit: limit ?? 1024 };
    if (tolerance !== undefined || limit !== undefined)
      refuseParameters(
        'integrated-gradients',
        `tolerance and limit are for steps=auto, got steps ${steps}. Leave them out, or let the steps be found.`,
      );
    return { steps, ...others };
  },
  driver: (parameters) => integratedGradientsDriver(methodOf(gradient), parameters),
});

/** The drop of the explained value where a window of the input is at the baseline (Zeiler and Fergus 2014). */
export const occlusion = driverMethod({
  id: 'occlusion',
  group: 'attribution',
  start: 'one',
  parameters: {
    patch: { whole: true, atLeast: 1 },
    stride: { whole: true, atLeast: 1 },
    baseline: { default: 0, list: true },
    score: { default: 'logit', choices: ['logit', 'probability'] },
  },
  driver: occlusionDriver,
});

/** The ids of methods that have a default for every parameter. */
type IdWithDefaults<D> = D extends { readonly id: infer Id; readonly parameters: infer P }
  ? [Extract<P[keyof P], { readonly required: true }>] extends [never]
    ? Id
    : never
  : never;

/** SmoothGrad runs a method with its defaults. */
const hasDefaults = ({ parameters }: MethodDefinition): boolean =>
  Object.values(parameters).every(({ required }) => required !== true);

/** SmoothGrad (Smilkov et al. 2017), SmoothGrad-squared (Hooker et al. 2019) and VarGrad (Adebayo et al. 2018), of any of the methods. */
export const smoothGrad = <D extends MethodDefinition>(methods: readonly D[]) =>
  driverMethod({
    id: 'smoothgrad',
    group: 'function',
    start: 'one',
    parameters: {
      samples: { default: 50, whole: true, atLeast: 1 },
      noise: { default: 0.15, atLeast: 0 },
      seed: { default: 0, whole: true, atLeast: 0, atMost: LARGEST_SEED },
      variant: { default: 'mean', choices: NOISE_VARIANTS },
      of: {
        default: 'gradient',
        choices: methods.filter(hasDefaults).map(({ id }) => id as IdWithDefaults<D>),
      },
    },
    driver: (parameters) =>
      smoothGradDriver(methodOf(methods.find(({ id }) => id === parameters.of)!), parameters),
  });
