const filesOf = (entry: FileSystemEntry): Promise<readonly File[]> => {
  if (entry.isFile)
    return new Promise((done, failed) => {
      (entry as FileSystemFileEntry).file((file) => {
        done([file]);
      }, failed);
    });
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some entries at a time, and none at the end.
  const more = async (): Promise<readonly File[]> => {
    const entries = await new Promise<FileSystemEntry[]>((done, failed) => {
      reader.readEntries(done, failed);
    });
    if (entries.length === 0) return [];
    return [...(await Promise.all(entries.map(filesOf))).flat(), ...(await more())];
  };
  return more();
};

/** The files that were dropped, with those of dropped folders. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  // They have to be taken before the event is over.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const found = entries.filter((entry) => entry !== null).map(filesOf);
  return (await Promise.all(found)).flat();
}
