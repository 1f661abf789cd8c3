/** Starts a module worker from its address, which in a page may be relative to the page and in a worker has to be whole. It starts from a blob that imports the file: a page's policy binds workers
 * of blobs, and does not bind those that are loaded from a file of their own. The policy has to allow `worker-src blob:`.
 * @throws TypeError where the address is none. */
export function workerFromAddress(address: string | URL, options: WorkerOptions = {}): Worker {
  const { href } = new URL(address, 'document' in globalThis ? document.baseURI : undefined);
  const source = URL.createObjectURL(
    new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }),
  );
  const worker = new Worker(source, { ...options, type: 'module' });
  // The worker has read it by the time it says something; before, the address has to stay.
  worker.addEventListener(
    'message',
    () => {
      URL.revokeObjectURL(source);
    },
    { once: true },
  );
  return worker;
}
