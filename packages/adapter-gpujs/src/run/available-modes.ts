import { MODES, type GpujsMode } from '../library/modes.js';
import { startDevice } from './gpujs-backend.js';

/** The modes that this machine really has, the fastest first: in each a kernel is built, run, and compared with the known answer.
 * @param gpujs gpu.js, as imported; default: it is imported. */
export async function availableModes(gpujs?: unknown): Promise<GpujsMode[]> {
  const available: GpujsMode[] = [];
  for (const mode of (Object.keys(MODES) as GpujsMode[]).reverse()) {
    const device = await startDevice(mode, gpujs).catch(() => undefined);
    if (!device) continue;
    available.push(mode);
    await device.dispose();
  }
  return available;
}
