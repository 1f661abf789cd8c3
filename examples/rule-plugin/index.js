import {
  defineMethod,
  definePlugin,
  gradientRule,
  kinds,
  layoutKinds,
  linearKinds,
  passRule,
  proportionalRule,
  rectifiers,
} from '@patternlens/core/rules';
import { lrpRelative } from './lrp-relative.js';

export { lrpRelative };

/** The rule in every linear layer; the rest as LRP has it. */
export const lrpRelativeMethod = defineMethod({
  id: 'lrp-relative',
  group: 'attribution',
  start: 'value',
  parameters: lrpRelative.parameters,
  composite: (parameters) => [
    [linearKinds, lrpRelative.make(parameters)],
    [rectifiers, passRule],
    [kinds('max-pool', 'maximum-over-axes'), gradientRule],
    [kinds('average-pool', 'mean', 'sum', 'add', 'add-constant'), proportionalRule],
    [layoutKinds, gradientRule],
  ],
});

export default definePlugin({
  name: 'patternlens-lrp-relative',
  version: '1.0.0',
  rules: [lrpRelative],
  methods: [lrpRelativeMethod],
});
