import { packedFile, packedText } from './packed-file.js';

/** Files that pages fetch by their addresses: small ones, unpacked before the page starts. */
const FETCHED = ['models/default.onnx', 'models/default.patterns.safetensors'] as const;

const addresses = new Map<string, string>();

/** Gives the packed files addresses. */
export async function unpackFiles(): Promise<void> {
  for (const path of FETCHED) {
    const bytes = await packedFile(path);
    addresses.set(path, URL.createObjectURL(new Blob([bytes as BlobPart])));
  }
}

/** The address of a file that is packed into the page. Runtimes are not fetched by an address: the worker has its own. */
export function ownAddress(path: string): string {
  const address = addresses.get(path);
  if (address !== undefined) return address;
  // What is not packed has no address; whoever fetches this is told so by the browser.
  return packedText(path) === undefined ? `data:text/plain,${encodeURIComponent(path)}` : path;
}
