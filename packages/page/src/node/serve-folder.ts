import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** What a page needs for threads of WebAssembly. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface ServeOptions {
  /** Folders by the path that they are served under; the longest that fits is taken. */
  readonly folders: Readonly<Record<string, string>>;
  readonly port?: number | undefined;
  /** Send the headers that isolate pages; true unless said. */
  readonly isolate?: boolean | undefined;
  /** Answers before the folders do: a page instead of a file, as some servers do. */
  readonly instead?: ((path: string) => { type: string; body: string } | undefined) | undefined;
}

export interface ServedFolder extends AsyncDisposable {
  /** Ends with a slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves folders to this machine alone. */
export async function serveFolder(options: ServeOptions): Promise<ServedFolder> {
  const { folders, port = 0, isolate = true, instead } = options;
  const mounts = Object.entries(folders)
    .map(([mount, folder]) => ({ mount, send: sirv(folder, { dev: true }) }))
    .sort((a, b) => b.mount.length - a.mount.length);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname);
    const headers = { ...(isolate ? ISOLATION : {}), 'Cache-Control': 'no-store' };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const page = instead?.(path);
    const found = mounts.find(({ mount }) => path.startsWith(mount));
    if (page) response.writeHead(200, { 'Content-Type': page.type }).end(page.body);
    else if (!found) response.writeHead(404).end('not found');
    else {
      request.url = `/${pathname.slice(found.mount.length)}`;
      found.send(request, response);
    }
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => {
        done();
      });
      server.closeAllConnections();
    });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close,
    [Symbol.asyncDispose]: close,
  };
}
