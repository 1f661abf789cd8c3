import { element } from '@patternlens/page';
import type { Failure } from '../report/benchmark-report.js';

/** Why something is missing, and the runtime's own message folded away. */
export function failureParts({ reason, cause }: Failure): readonly HTMLElement[] {
  return [
    element('p', { class: 'reason' }, reason),
    ...(cause === undefined
      ? []
      : [
          element(
            'details',
            {},
            element('summary', {}, 'The runtime’s own message'),
            element('pre', { tabindex: '0' }, cause),
          ),
        ]),
  ];
}
