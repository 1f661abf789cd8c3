export type { GpujsDescription } from './library/device.js';
export type { GpujsMode } from './library/modes.js';
export { availableModes } from './run/available-modes.js';
export { gpujsBackend, type GpujsBackend, type GpujsBackendOptions } from './run/gpujs-backend.js';
