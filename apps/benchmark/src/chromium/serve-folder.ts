import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.onnx': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

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

/** The file of a path; undefined where it is in none of the folders. */
function placeOf(folders: ServeOptions['folders'], path: string): string | undefined {
  const mount = Object.keys(folders)
    .filter((own) => path.startsWith(own))
    .sort((a, b) => b.length - a.length)[0];
  if (mount === undefined) return undefined;
  const folder = folders[mount]!;
  const place = normalize(join(folder, path.slice(mount.length)));
  return place.startsWith(join(folder, sep)) ? place : undefined;
}

/** Serves folders to this machine alone. */
export async function serveFolder(options: ServeOptions): Promise<ServedFolder> {
  const { folders, port = 0, isolate = true, instead } = options;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname);
    const own = instead?.(path);
    const place = placeOf(folders, path);
    const headers = isolate ? ISOLATION : {};
    const send = (status: number, type: string, body: string | Buffer): void => {
      response.writeHead(status, { ...headers, 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(body);
    };
    if (own) send(200, own.type, own.body);
    else if (place === undefined) send(404, 'text/plain', 'not found');
    else
      readFile(place).then(
        (body) => {
          send(200, TYPES[extname(place)] ?? 'application/octet-stream', body);
        },
        () => {
          send(404, 'text/plain', 'not found');
        },
      );
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
