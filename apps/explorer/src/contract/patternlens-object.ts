import { effect } from '@preact/signals-core';
import type { TensorData } from '@patternlens/core';
import { commandText } from '../share/command-text.js';
import type { App } from '../state/app.js';
import { stateJson } from './state-json.js';

/** A tensor without its batch of one. */
const withoutBatch = ({ shape, data }: { shape: readonly number[]; data: TensorData }) => ({
  shape: shape.slice(1),
  data: Float32Array.from(data),
});

/** The object that programs outside may rely on: frozen, read only. */
export function patternLensObject(app: App): object {
  const { state } = app;
  const until = (is: () => boolean): Promise<void> =>
    new Promise((done) => {
      let stop = (): void => undefined;
      stop = effect(() => {
        if (!is()) return;
        queueMicrotask(() => {
          stop();
        });
        done();
      });
    });
  const object = {
    version: 1,
    ready: until(() => state.firstExplained.value !== undefined),
    idle: (): Promise<void> =>
      until(() => state.status.value === 'ready' || state.status.value === 'error'),
    state: () => stateJson(app),
    input: () => {
      const model = state.model.peek();
      const sample = state.sample.peek();
      const first = model?.facts.inputs[0]?.name;
      return sample && first ? withoutBatch(sample.sample.inputs[first]!) : undefined;
    },
    relevance: (method: string, backend?: string) => {
      if (backend !== undefined) {
        const compared = state.comparedRelevance.peek().get(backend)?.get(method);
        if (compared) return { ...withoutBatch(compared.relevance), exponent: compared.exponent };
        if (backend !== state.backend.peek()) return undefined;
      }
      const result = state.results.peek().get(method);
      if (result?.status !== 'done' || !result.explanation) return undefined;
      const { relevance, exponents } = result.explanation;
      return { ...withoutBatch(relevance), exponent: exponents[0] };
    },
    patterns: () => Promise.resolve(state.patterns.peek()?.bytes.slice()),
    command: () => commandText(app),
  };
  return Object.freeze(object);
}

/** Puts the object where programs look for it. */
export function offerContract(object: object): void {
  Object.defineProperty(globalThis, 'patternlens', { value: object, enumerable: true });
}
