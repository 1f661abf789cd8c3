/** How long a download may take to start before its address is given up, in milliseconds. */
const PATIENCE = 60_000;

/** Saves bytes or text as a file, the way the browser saves downloads. */
export function saveFile(name: string, content: BlobPart, type = 'application/octet-stream'): void {
  const href = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(href);
  }, PATIENCE);
}
