export type { TfjsBackendName } from './kernels/traits.js';
export type { TfjsDescription } from './run/describe.js';
export { tfjsBackend, type TfjsBackend, type TfjsBackendOptions } from './run/tfjs-backend.js';
