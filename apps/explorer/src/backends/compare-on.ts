import type { BackendId } from '../compute/backend-ids.js';
import type { ComputeClient } from '../compute/client.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { sampleName } from './compared-setting.js';
import { setCell, setRow, type Running } from './running.js';
import { withServedBackend, type ServedPort } from './serve-reference.js';

/** Warm runs of a method on a backend at most; the reference, which is only held against, has one. */
const WARM = 20;

/** What the reference compares by, on the port of another worker. */
const compared = ({ setting }: Running, backend: BackendId, { port }: ServedPort) => ({
  ...{ port, backend, key: setting.key, sample: sampleName(setting) },
  inputs: setting.sample.inputs,
  target: setting.target,
  preprocessing: setting.place.set.preprocessing?.values,
});

/** The worker of a backend, with the model and its patterns. */
export const ready = ({ parts, setting }: Running, id: BackendId): Promise<ComputeClient> =>
  parts.engine.ready(id, setting.model.files, setting.patterns);

/** Runs a method on a backend for the first time, and again. */
export async function timeMethod(
  running: Running,
  client: ComputeClient,
  id: BackendId,
  { text, id: method, parameters }: ChosenMethod,
): Promise<void> {
  const { setting, signal } = running;
  const timed = await client.call(
    'timeMethod',
    {
      ...{ method, parameters, inputs: setting.sample.inputs, target: setting.target },
      most: id === 'reference' ? 1 : WARM,
    },
    { signal },
  );
  setCell(running, id, text, { timed, map: timed.map });
}

/** Holds a method on a backend against float64. */
export async function compareMethod(
  running: Running,
  client: ComputeClient,
  id: BackendId,
  { text, id: method, parameters }: ChosenMethod,
): Promise<void> {
  const reference = await ready(running, 'reference');
  const { agreement, difference } = await withServedBackend(client, running.signal, (served) =>
    reference.call(
      'compare',
      { ...compared(running, id, served), method, parameters },
      { signal: served.signal, handOver: [served.port] },
    ),
  );
  setCell(running, id, text, { agreement, difference });
}

/** Holds the layers of a backend's forward pass against float64's. */
export async function compareLayers(
  running: Running,
  client: ComputeClient,
  id: BackendId,
): Promise<void> {
  const reference = await ready(running, 'reference');
  const { name } = running.setting.model.facts;
  const layers = await withServedBackend(client, running.signal, (served) =>
    reference.call(
      'compareLayers',
      { ...compared(running, id, served), name },
      { signal: served.signal, handOver: [served.port] },
    ),
  );
  setRow(running, id, () => ({ layers }));
}
