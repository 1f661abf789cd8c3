import { type LayerKind } from '@patternlens/core/network';
import {
  approximateSlope,
  deconvnetRectifier,
  gradientRule,
  guidedRectifier,
  passRule,
  proportionalRule,
  type Rule,
} from '@patternlens/core/rules';
import type { ConformanceCase } from '../conformance-case.js';
import type { LayerSample } from '../layers/layer-sample.js';
import { layerSamples } from '../layers/layer-samples.js';
import { linearRules } from './linear-rules.js';
import { ruleCases } from './rule-cases.js';

const of = (...kinds: readonly LayerKind[]): LayerSample[] =>
  layerSamples.filter(({ layer }) => kinds.includes(layer.kind));

const clipped = (sample: LayerSample): boolean => sample.name === 'clip';
const smooth = (sample: LayerSample): boolean =>
  ['elu', 'sigmoid', 'tanh', 'softplus'].includes(sample.name);

/** Rules for layers that are not linear, each on those that methods use it for. */
const others: readonly { readonly rule: Rule; readonly layers: readonly LayerSample[] }[] = [
  { rule: gradientRule, layers: layerSamples },
  { rule: guidedRectifier, layers: [...of('rectifier'), ...of('activation').filter(clipped)] },
  { rule: deconvnetRectifier, layers: [...of('rectifier'), ...of('activation').filter(clipped)] },
  { rule: passRule, layers: of('rectifier', 'local-response-normalisation') },
  { rule: approximateSlope, layers: of('activation').filter(smooth) },
  {
    rule: proportionalRule,
    layers: of('average-pool', 'mean', 'sum', 'resize', 'along-axes', 'add', 'add-constant'),
  },
];

/** Every rule on every kind of layer that it is for. */
export const ruleConformance: readonly ConformanceCase[] = [
  ...linearRules.flatMap(({ rule, options }) => ruleCases(rule, options)),
  ...others.flatMap(({ rule, layers }) => ruleCases(rule, { layers })),
];
