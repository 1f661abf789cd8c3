/** The address of a file of the page's own folder, whatever folder of whatever server that is. */
export const ownAddress = (path: string): string => new URL(path, document.baseURI).href;
