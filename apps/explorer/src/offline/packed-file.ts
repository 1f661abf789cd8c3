/** A file that is packed into the page: gzip, as base64. */
export const packedText = (path: string): string | undefined =>
  document.querySelector(`script[data-file="${path}"]`)?.textContent;

/** The bytes of a packed file's text. */
export async function unpacked(text: string): Promise<Uint8Array> {
  const zipped = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const plain = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** The bytes of a file that is packed into the page.
 * @throws Error for one that is not. */
export async function packedFile(path: string): Promise<Uint8Array> {
  const text = packedText(path);
  if (text === undefined)
    throw new Error(
      `${path} is not in this one-file page. Open the folder's index.html from a server.`,
    );
  return unpacked(text);
}
