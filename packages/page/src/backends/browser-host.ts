import type { HostCard } from './host-card.js';
import { oneThread } from './explain-failure.js';

type Facts = HostCard['facts'];
type Brand = { readonly brand: string; readonly version: string };

/** Properties of `navigator` that some browsers lack. */
interface Asked {
  readonly deviceMemory?: number;
  readonly userAgentData?: { readonly brands: readonly Brand[] };
  readonly gpu?: {
    readonly requestAdapter: () => Promise<{
      readonly info?: Readonly<Record<'vendor' | 'architecture' | 'description', string>>;
      readonly features: ReadonlySet<string>;
    } | null>;
  };
}

const asked = (): Asked => navigator;

function nameOf(): string {
  const brand = asked().userAgentData?.brands.find(
    (candidate) => !/not.?a.?brand/i.test(candidate.brand.replace(/\W/g, '')),
  );
  if (brand) return `${brand.brand} ${brand.version}`;
  const found = /(Firefox|Version|Chrome)\/(\d+)/.exec(navigator.userAgent);
  return found ? `${found[1] === 'Version' ? 'Safari' : found[1]!} ${found[2]!}` : 'browser';
}

/** In a worker, without a page. */
const isInWorker = (): boolean => !('document' in globalThis);

function webgl(): Facts {
  if (isInWorker() && typeof OffscreenCanvas === 'undefined')
    return [{ label: 'WebGL2', value: 'not available in workers' }];
  const canvas = isInWorker() ? new OffscreenCanvas(1, 1) : document.createElement('canvas');
  const context = canvas.getContext('webgl2');
  if (!context) return [{ label: 'WebGL2', value: 'not available' }];
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(
    names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER,
  );
  const facts = [
    { label: 'WebGL2', value: String(renderer) },
    {
      label: 'WebGL2 float32 textures',
      value: context.getExtension('EXT_color_buffer_float') ? 'yes' : 'no',
    },
    {
      label: 'WebGL2 largest texture',
      value: String(context.getParameter(context.MAX_TEXTURE_SIZE)),
    },
  ];
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return facts;
}

async function webgpu(): Promise<Facts> {
  const adapter = await asked()
    .gpu?.requestAdapter()
    .catch(() => null);
  if (!adapter) return [{ label: 'WebGPU', value: 'not available' }];
  const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
  const name = [vendor, architecture, description].filter((text) => text !== '').join(', ');
  return [
    { label: 'WebGPU', value: name === '' ? 'available, its name is masked' : name },
    { label: 'WebGPU half precision', value: adapter.features.has('shader-f16') ? 'yes' : 'no' },
  ];
}

/** The smallest step of the clock, over repeated readings. */
function timerStep(): string {
  let smallest = Infinity;
  for (let look = 0, last = performance.now(); look < 20_000; look++) {
    const now = performance.now();
    if (now > last) smallest = Math.min(smallest, now - last);
    last = now;
  }
  return Number.isFinite(smallest) ? `${Number((smallest * 1000).toPrecision(2))} µs` : 'unknown';
}

/** This browser as a report shows it, seen from a page or a worker. */
export async function browserHost(id = 'browser'): Promise<HostCard> {
  const note = oneThread(crossOriginIsolated);
  const memory = asked().deviceMemory;
  return {
    id,
    kind: 'browser',
    name: nameOf(),
    facts: [
      { label: 'Browser', value: navigator.userAgent },
      { label: 'Cores', value: String(navigator.hardwareConcurrency) },
      ...(memory === undefined ? [] : [{ label: 'Memory', value: `${memory} GiB or more` }]),
      { label: 'Cross-origin isolated', value: crossOriginIsolated ? 'yes' : 'no' },
      {
        label: 'SharedArrayBuffer',
        value: typeof SharedArrayBuffer === 'undefined' ? 'no' : 'yes',
      },
      ...(note === undefined ? [] : [{ label: 'Threads', value: note }]),
      ...webgl(),
      ...(await webgpu()),
      { label: 'Timer resolution', value: timerStep() },
      isInWorker()
        ? { label: 'Computed in', value: 'workers' }
        : { label: 'Screen', value: `${devicePixelRatio} pixels a CSS pixel` },
    ],
  };
}
