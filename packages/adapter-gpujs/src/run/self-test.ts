import { PatternLensError } from '@patternlens/core';
import type { Device } from '../library/device.js';

/** Products of neighbours, added up: loops, indices, and places of float32 that half precision drops. */
const TEXT = `function (a0) {
const i = this.thread.x;
let v0 = 0;
for (let n0 = 0; n0 < 2; n0++) { v0 = v0 + a0[i + n0] * a0[i + n0]; }
return v0;
}`;
const GIVEN = Float32Array.of(1 + 2 ** -20, 2, 3000, 0);
const EXPECTED = [5 + 2 ** -19, 9000004, 9000000];

/** Builds and runs a kernel, and compares with the known answer.
 * @throws PatternLensError `backend-unavailable` where the mode does not run or does not compute in single precision. */
export async function selfTest(device: Device): Promise<void> {
  const kernel = device.kernel({ text: TEXT, size: EXPECTED.length });
  let got: Float32Array;
  try {
    const given = await device.upload(GIVEN);
    const result = await device.run(kernel, [given]);
    got = await device.read(result);
    device.free(given);
    device.free(result);
  } catch (thrown) {
    throw unavailable(device, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  } finally {
    device.release(kernel);
  }
  const isRight = EXPECTED.every((value, at) => Math.abs(got[at]! - value) <= 1e-7 * value);
  if (!isRight)
    throw unavailable(
      device,
      `it does not compute in single precision: expected ${EXPECTED.join(', ')}, got ${got.join(', ')}.`,
    );
}

const unavailable = (device: Device, why: string, cause?: unknown): PatternLensError =>
  new PatternLensError(
    'adapter-gpujs',
    'backend-unavailable',
    `${device.id}: ${device.mode.missing}. ${why}`,
    { backend: device.id },
    cause,
  );
