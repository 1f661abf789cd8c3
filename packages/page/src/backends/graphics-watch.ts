/** Who computes by the contexts and devices that are made while it is at work. */
export interface GraphicsOwner {
  /** Set once one of them was lost. */
  lost?: string;
}

/** Calls under way, told at once, as runtimes may wait for an answer that never comes. */
const waitingOf = new WeakMap<GraphicsOwner, Set<(text: string) => void>>();
let atWork: GraphicsOwner | undefined;
let isWatching = false;

function lose(owner: GraphicsOwner | undefined, text: string): void {
  if (!owner) return;
  owner.lost = text;
  for (const tell of waitingOf.get(owner) ?? []) tell(text);
}

/** A canvas that is in no document tells only its own listeners. */
function watchCanvases(prototype: HTMLCanvasElement | OffscreenCanvas): void {
  const patched = prototype as unknown as {
    getContext: (this: EventTarget, type: string, ...more: unknown[]) => unknown;
  };
  const { getContext } = patched;
  patched.getContext = function (type, ...more) {
    const owner = atWork;
    const context = getContext.call(this, type, ...more);
    if (context !== null && type.includes('webgl'))
      this.addEventListener('webglcontextlost', () => {
        lose(owner, 'webgl context was lost');
      });
    return context;
  };
}

interface LosableDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
}

function watchDevices(): void {
  const { GPUAdapter: adapter } = globalThis as {
    GPUAdapter?: {
      prototype: { requestDevice: (...options: unknown[]) => Promise<LosableDevice> };
    };
  };
  if (!adapter) return;
  const { requestDevice } = adapter.prototype;
  adapter.prototype.requestDevice = async function (...options) {
    const owner = atWork;
    const device = await requestDevice.apply(this, options);
    void device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') lose(owner, `device was lost: ${message}`);
    });
    return device;
  };
}

/** Runs something, in a page or a worker, whose contexts and devices belong to an owner; it fails at once where one of them is lost, or was before. */
export async function watchGraphics<T>(owner: GraphicsOwner, run: () => Promise<T>): Promise<T> {
  if (!isWatching) {
    isWatching = true;
    // Workers have only the second; some browsers lack it.
    if (typeof HTMLCanvasElement !== 'undefined') watchCanvases(HTMLCanvasElement.prototype);
    if (typeof OffscreenCanvas !== 'undefined') watchCanvases(OffscreenCanvas.prototype);
    watchDevices();
  }
  const failLost = (cause?: unknown): void => {
    if (owner.lost !== undefined) throw new Error(owner.lost, { cause });
  };
  failLost();
  atWork = owner;
  const waiting = waitingOf.get(owner) ?? new Set();
  waitingOf.set(owner, waiting);
  let tell: (text: string) => void = () => undefined;
  const lost = new Promise<never>((_, failed) => {
    tell = (text) => {
      failed(new Error(text));
    };
  });
  waiting.add(tell);
  try {
    return await Promise.race([run(), lost]);
  } catch (thrown) {
    // A runtime's message rarely says so.
    failLost(thrown);
    throw thrown;
  } finally {
    waiting.delete(tell);
    // Another call of the same owner may still be under way.
    if (waiting.size === 0 && (atWork as GraphicsOwner | undefined) === owner) atWork = undefined;
  }
}
