/** Bytes of objects and buffers that are held now, or wait to be collected: they grow with all that was made. */
export function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes that reading a small file may take: far below what hostile files claim, so no loop runs as far as they claim and keeps what it makes. */
export const LITTLE = 2 ** 27;
