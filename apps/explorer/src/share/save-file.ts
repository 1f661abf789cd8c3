/** How long a download may take to start before its address is given up, in milliseconds. */
const PATIENCE = 60_000;

/** Lets the browser save a file. */
export function saveFile(
  name: string,
  content: Uint8Array | Blob | string,
  type = 'application/octet-stream',
): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after the click has ended.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, PATIENCE);
}
