/** Sentences of the menus that take things along. */
export const SHARE_WORDS = {
  export: 'Export',
  share: 'Share',
  maps: 'Maps to export',
  allMaps: (count: number): string => (count === 1 ? 'The map' : `All ${count} maps`),
  png: 'PNG',
  svg: 'SVG',
  sheet: 'Sheet of all maps (PNG)',
  json: 'JSON',
  npy: 'NPY',
  explainer: 'Explainer (ONNX)',
  patterns: 'Patterns',
  copyLink: 'Copy link',
  copyCommand: 'Copy as command',
  copyCode: 'Copy as code',
  copyPageCode: 'Copy as code for a page',
  saveState: 'Save state as file',
  nothingYet: 'Nothing is explained yet.',
  noPatterns: 'There are no patterns: fit some, or drop a pattern file.',
  working: (what: string): string => `${what}: being written`,
  saved: (what: string): string => `${what}: saved.`,
  ownScale: 'Each picture has a scale of its own; a scale for all samples is on the sheet only.',
  noDrivers: (names: readonly string[]): string =>
    `${names.join(', ')}: left out, since ${names.length === 1 ? 'it runs' : 'they run'} many programs, which no single graph holds.`,
  onlyDrivers: (names: readonly string[]): string =>
    `${names.join(', ')} can't be an explainer file: ${names.length === 1 ? 'it runs' : 'they run'} many programs. Tick a method of one program, such as Gradient.`,
  copied: (what: string): string => `${what}: copied.`,
  linkCopied: 'The link is copied.',
  linkNamesFiles: (names: readonly string[]): string =>
    `The link is copied. It names ${names.join(' and ')}, and does not hold ${names.length === 1 ? 'it' : 'them'}: who opens it needs the same ${names.length === 1 ? 'file' : 'files'}.`,
  linkTooLong: (length: number): string =>
    `The link has ${length} characters; some programs cut it after 2,000. Save the state as a file instead: it can be dropped here.`,
  commandCopied: (files: readonly string[]): string =>
    files.length === 0
      ? 'The command is copied.'
      : `The command is copied. It reads ${files.join(', ')} from the working folder.`,
  copyByHand: 'The browser did not let this page copy. Copy it from here:',
  restored: (name: string): string => `Method, target and look are those of ${name}.`,
  close: 'Close',
} as const;
