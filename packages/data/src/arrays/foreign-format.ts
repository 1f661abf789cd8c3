/** What a file holds that is often mistaken for an array, and what to do about it. */
export interface ForeignFormat {
  readonly what: string;
  readonly remedy: string;
}

interface Signature extends ForeignFormat {
  readonly at?: number;
  readonly starts: string;
}

const DOWNLOAD = 'Download the file itself.';
const IMAGES = 'Image files are read as images, not as arrays.';

/** Compared as Latin-1 characters, in lower case. */
const SIGNATURES: readonly Signature[] = [
  { starts: '<!doctype html', what: 'an HTML page', remedy: DOWNLOAD },
  { starts: '<html', what: 'an HTML page', remedy: DOWNLOAD },
  { starts: '<?xml', what: 'an XML page', remedy: DOWNLOAD },
  {
    starts: 'version https://git-lfs',
    what: 'a Git LFS pointer',
    remedy: 'Run "git lfs pull" where it was cloned.',
  },
  {
    starts: 'pk\x03\x04',
    what: 'a zip archive (.npz, .zip)',
    remedy: 'Extract the .npy files from it.',
  },
  { starts: 'ustar', at: 257, what: 'a tar archive', remedy: 'Extract the files from it.' },
  {
    starts: '\x89hdf\r\n',
    what: 'an HDF5 file',
    remedy: 'Save the array with numpy.save.',
  },
  ...['\x02', '\x03', '\x04', '\x05'].map((version) => ({
    starts: `\x80${version}`,
    what: 'a Python pickle',
    remedy: 'Save the array with numpy.save; CIFAR has a binary version.',
  })),
  { starts: '\x89png', what: 'a PNG image', remedy: IMAGES },
  { starts: '\xff\xd8\xff', what: 'a JPEG image', remedy: IMAGES },
];

/** The known format that a file which is no array starts like; undefined for any other. */
export function foreignFormat(head: Uint8Array): ForeignFormat | undefined {
  const text = String.fromCharCode(...head).toLowerCase();
  // Pages begin with blanks and byte order marks now and then.
  const trimmed = text.replace(/^(\xef\xbb\xbf)?\s*/, '');
  return SIGNATURES.find(({ starts, at }) => {
    const signature = starts.toLowerCase();
    return text.startsWith(signature, at) || (at === undefined && trimmed.startsWith(signature));
  });
}
