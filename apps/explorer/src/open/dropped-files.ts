import type { GivenFile } from './given-file.js';

const entriesOf = (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader();
  // A reader gives some entries at a time, and none at the end.
  const more = async (before: FileSystemEntry[]): Promise<FileSystemEntry[]> => {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => {
      reader.readEntries(done, fail);
    });
    return some.length === 0 ? before : more([...before, ...some]);
  };
  return more([]);
};

async function filesIn(entry: FileSystemEntry): Promise<GivenFile[]> {
  if (entry.isDirectory) {
    const entries = await entriesOf(entry as FileSystemDirectoryEntry);
    return (await Promise.all(entries.map(filesIn))).flat();
  }
  if (entry.name.startsWith('.')) return [];
  const content = await new Promise<File>((done, fail) => {
    (entry as FileSystemFileEntry).file(done, fail);
  });
  return [{ path: entry.fullPath.replace(/^\//, ''), content }];
}

/** Files that were dropped, those in folders too. It has to be called while the event lasts. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly GivenFile[]> {
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files].map((content) => ({ path: content.name, content }));
  if (entries.length === 0 || entries.includes(null)) return plain;
  const found = (await Promise.all(entries.map((entry) => filesIn(entry!)))).flat();
  return [...found].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** Files that were picked, or pasted. */
export const pickedFiles = (files: Iterable<File>): readonly GivenFile[] =>
  Array.from(files, (content) => ({ path: content.webkitRelativePath || content.name, content }));
