/* global FILES, self, caches, fetch, crypto, Response */
// Keeps the site for use without a network. The build puts FILES before this text: by path, the hash of what a file holds,
// and whether it is kept from the start; the others, which are large, are kept when they are first used.
const ROOT = self.registration.scope;
const CACHE = `patternlens ${ROOT}`;

// A file is kept under the hash of what it holds, so that versions never mix, and what did not change is not loaded again.
const keyOf = (path) => new URL(`${path}?${FILES[path].hash}`, ROOT).href;

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the server has, kept where it is what this version is made of. */
async function load(path) {
  const response = await fetch(new URL(path, ROOT), { cache: 'no-cache' });
  if (!response.ok) return response;
  const bytes = await response.arrayBuffer();
  const answer = () =>
    new Response(bytes, {
      headers: { 'Content-Type': response.headers.get('Content-Type') ?? '' },
    });
  if ((await hashOf(bytes)) === FILES[path].hash)
    // A full or forbidden store is no reason not to answer.
    await caches
      .open(CACHE)
      .then((cache) => cache.put(keyOf(path), answer()))
      .catch(() => undefined);
  return answer();
}

const kept = (path) => caches.open(CACHE).then((cache) => cache.match(keyOf(path)));

async function keepFirst() {
  for (const path of Object.keys(FILES).filter((each) => FILES[each].first)) {
    if ((await kept(path)) ?? (await load(path)).ok) continue;
    throw new Error(`${path} could not be loaded.`);
  }
}

/** Drops what no file of this version is kept under. */
async function dropOthers() {
  const cache = await caches.open(CACHE);
  const own = new Set(Object.keys(FILES).map(keyOf));
  for (const { url } of await cache.keys()) if (!own.has(url)) await cache.delete(url);
}

self.addEventListener('install', (event) => event.waitUntil(keepFirst()));
self.addEventListener('activate', (event) =>
  event.waitUntil(dropOthers().then(() => self.clients.claim())),
);
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || !`${origin}${pathname}`.startsWith(ROOT)) return;
  const path = decodeURIComponent(`${origin}${pathname}`.slice(ROOT.length)) || 'index.html';
  if (!(path in FILES)) return;
  event.respondWith(kept(path).then((response) => response ?? load(path)));
});
