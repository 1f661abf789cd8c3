/** Sentences of opening models, patterns and samples. */
export const OPEN_WORDS = {
  contact: (host: string): string => `Your browser will contact ${host}.`,
  noAddress: 'This is no address. Write one that begins with https://.',
  notLoaded: 'A part of the page could not be loaded. Check the network, then try again.',
  needsNetwork: 'needs the network',
  camera:
    'What the camera sees stays in this page. One picture is taken, as if it had been dropped.',
  noCamera: (why: string): string =>
    `The camera can't be used here: ${why}. Allow it for this page in the browser, or drop a photo.`,
  noCors: (host: string): string =>
    `${host} does not let other pages read this file (no Access-Control-Allow-Origin). Download it and drop it here.`,
  unreachable: (host: string): string =>
    `${host} can't be reached. Check the address and the network, or download the file and drop it here.`,
  status: (name: string, host: string, status: number): string =>
    `${host} answered ${status} for ${name}. Check the address.`,
  addressTooLarge: (name: string): string =>
    `${name} is larger than 2 GB, which is the limit. Download it and drop it here.`,
  memory: 'Not enough memory for this model on this device.',
  otherNetwork: (difference: string): string =>
    `These patterns were made for another network: ${difference}.`,
  otherPreprocessing: (file: string, theirs: string, ours: string, name: string): string =>
    `${file} was fitted on inputs of another preprocessing (${theirs}) than these, which have ${ours} (${name}). Choose the same preprocessing, or fit patterns anew.`,
  patternsLeft: (ours: string, name: string, theirs: string): string =>
    `The patterns were taken away: they were fitted on inputs of another preprocessing (${theirs}) than ${ours} (${name}). Fit patterns anew, or choose the same preprocessing.`,
  labelCount: (file: string, names: number, classes: number): string =>
    `${file} names ${names} classes, and the model has ${classes}. Drop a file with one name for each.`,
  badJson: (file: string): string => `${file} is not whole JSON. Copy or download it again.`,
  sampleCounts: (counts: string): string =>
    `The inputs have different numbers of samples (${counts}). They must be as many.`,
  noImages: (reads: string): string => `This model takes no images. ${reads}`,
  waiting:
    'The images wait for their preprocessing. Open it again with "Open model", then "Preprocessing".',
  link: (files: string): string =>
    `This link is of ${files}, which a link can't hold. Drop ${files.includes(' and ') ? 'them' : 'it'} here.`,
  badData: (data: string): string =>
    `The link's data "${data}" is not known here, and generated data are shown instead.`,
  reads: (shapes: string, takesImages: boolean): string =>
    `This model reads ${shapes}. Drop ${takesImages ? 'photos, or ' : ''}${shapes.includes(' and ') ? 'an array of the shape of each' : 'an array of that shape'}.`,
  opened: (name: string): string => `${name} is open.`,
  used: (name: string): string => `Images are preprocessed as ${name} says.`,
} as const;
