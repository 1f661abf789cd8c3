import { methodName } from '@patternlens/heatmap';
import { refusalOf } from '../explain/refusal.js';
import type { AppState } from '../state/app-state.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { MEASURE_WORDS } from '../words/measure.js';

/** Which of the ticked methods are measured, and why others are not. */
export interface MeasuredMethods {
  readonly methods: readonly ChosenMethod[];
  readonly leftOut: readonly string[];
}

/** The ticked methods that work. Those of many runs are left out, unless there are no others. */
export function measuredMethods({
  model,
  methods: ticked,
  patterns,
}: Pick<AppState, 'model' | 'methods' | 'patterns'>): MeasuredMethods {
  const known = model.value?.facts.methods ?? [];
  const isDriver = ({ id }: ChosenMethod): boolean =>
    known.find((method) => method.id === id)?.isDriver ?? false;
  const refused = ticked.value.flatMap((method) => {
    const reason = refusalOf(method, known, patterns.value !== undefined);
    return reason === undefined ? [] : [{ method, reason }];
  });
  const works = ticked.value.filter((method) => !refused.some((each) => each.method === method));
  const quick = works.filter((method) => !isDriver(method));
  const methods = quick.length > 0 ? quick : works;
  return {
    methods,
    leftOut: [
      ...works
        .filter((method) => !methods.includes(method))
        .map(({ id }) => MEASURE_WORDS.manyRuns(methodName(id))),
      ...refused.map(({ method, reason }) =>
        reason.startsWith(methodName(method.id)) ? reason : `${methodName(method.id)}: ${reason}`,
      ),
    ],
  };
}
