import type { Remark } from '../../tracing/remark.js';
import type { ExplanationWarning } from './explanation-warning.js';

/** What remarks say of neurons without a positive pattern, as what is told of every sample; what rules say is said once for all. */
export const patternWarnings = (remarks: readonly Remark[]): readonly ExplanationWarning[] =>
  remarks.flatMap(({ code, layer, value, text }) =>
    code === 'rule'
      ? []
      : [
          {
            code,
            layer,
            ...(value === undefined ? {} : { value }),
            text: `Layer "${layer}": ${text}.`,
          },
        ],
  );
