/** What is to be known of a backend before it is opened. */
interface KnownBackend {
  /** Where it runs: here, in Node, or in browsers only. */
  readonly runs: 'here' | 'in browsers';
  /** Packages of the runtime that it needs; none for the interpreter that comes with this package. */
  readonly packages: readonly string[];
  /** It is taken by itself where its runtime is installed and no backend is named. */
  readonly preferred?: true;
}

/** Every backend that there is a name for; the preferred ones in the order in which they are looked for. */
const BACKENDS = {
  reference: { runs: 'here', packages: [] },
  'onnx:node': { runs: 'here', packages: ['onnxruntime-node'], preferred: true },
  'onnx:wasm': { runs: 'here', packages: ['onnxruntime-web'], preferred: true },
  'tfjs:cpu': { runs: 'here', packages: ['@tensorflow/tfjs'] },
  'tfjs:wasm': {
    runs: 'here',
    packages: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
    preferred: true,
  },
  'gpujs:cpu': { runs: 'here', packages: ['gpu.js'], preferred: true },
  'gpujs:wasm': { runs: 'here', packages: ['gpu.js'] },
  'onnx:webgpu': { runs: 'in browsers', packages: [] },
  'tfjs:webgl': { runs: 'in browsers', packages: [] },
  'tfjs:webgpu': { runs: 'in browsers', packages: [] },
  'gpujs:webgl2': { runs: 'in browsers', packages: [] },
  'gpujs:webgpu': { runs: 'in browsers', packages: [] },
} as const satisfies Readonly<Record<string, KnownBackend>>;

export type BackendId = keyof typeof BACKENDS;

/** Backends that run here, in Node. */
export type NodeBackendId = {
  [Id in BackendId]: (typeof BACKENDS)[Id]['runs'] extends 'here' ? Id : never;
}[BackendId];

const known = (id: BackendId): KnownBackend => BACKENDS[id];

export const BACKEND_IDS = Object.keys(BACKENDS) as BackendId[];

export const runsHere = (id: BackendId): id is NodeBackendId => known(id).runs === 'here';

const HERE = BACKEND_IDS.filter(runsHere);

/** The order in which an installed backend is looked for. */
export const PREFERRED = HERE.filter((id) => known(id).preferred === true);

/** The packages of a backend's runtime. */
export const packagesOf = (id: NodeBackendId): readonly string[] => known(id).packages;

/** Backends that are measured here: all that need a runtime. */
export const MEASURED = HERE.filter((id) => packagesOf(id).length > 0);

const library = (id: BackendId): string => id.split(':')[0]!;

/** Backends that run here on the same library as one that runs in browsers; the preferred first. */
export const insteadOf = (id: BackendId): readonly NodeBackendId[] =>
  HERE.filter((here) => library(here) === library(id)).sort(
    (a, b) => Number(PREFERRED.includes(b)) - Number(PREFERRED.includes(a)),
  );
