import { watched } from './gpu-errors.js';

/** A device that finds something wrong with what is done between a push and a pop. */
function faultyDevice(message: string | null) {
  let open = 0;
  return {
    open: () => open,
    pushErrorScope: () => {
      open++;
    },
    popErrorScope: () => {
      open--;
      return Promise.resolve(message === null ? null : { message });
    },
  };
}

test('what WebGPU finds wrong is told', async () => {
  const device = faultyDevice('the shader is invalid');
  const { value, fault } = watched({ backend: () => ({ device }) }, () => device.open());
  expect(value).toBe(1);
  expect(await fault).toBe('the shader is invalid');
  expect(device.open()).toBe(0);
});

test('a scope is closed where the work throws', () => {
  const device = faultyDevice(null);
  const work = (): never => {
    throw new Error('no kernel');
  };
  expect(() => watched({ backend: () => ({ device }) }, work)).toThrow('no kernel');
  expect(device.open()).toBe(0);
});

test('backends without a device have no faults of this kind', async () => {
  const { value, fault } = watched({ backend: () => ({}) }, () => 7);
  expect([value, await fault]).toEqual([7, undefined]);
});
