/** What refusals have in common. */
export type ReasonKind =
  | 'has no gradient'
  | 'is no function of its inputs'
  | 'computes with what is no tensor of floats'
  | 'repeats a graph'
  | 'operator not supported'
  | 'mixes what cannot be told apart as samples'
  | 'wants a constant where the case computes'
  | 'another use that is not supported'
  | 'called wrong or damaged';

const kinds: readonly (readonly [RegExp, ReasonKind])[] = [
  [/no gradient/, 'has no gradient'],
  [/it is random|in training mode|training step/, 'is no function of its inputs'],
  [/sequence|optional|text|strings?\b/, 'computes with what is no tensor of floats'],
  [/control flow/, 'repeats a graph'],
  [/not supported: /, 'operator not supported'],
  [/batch|samples/, 'mixes what cannot be told apart as samples'],
  [
    /is a constant where|computed when the network runs|only constants|exist only when the network runs/,
    'wants a constant where the case computes',
  ],
  [/damaged|exported wrongly|must be|[Ee]xport the model again/, 'called wrong or damaged'],
];

export const reasonKind = (reason: string): ReasonKind =>
  kinds.find(([pattern]) => pattern.test(reason))?.[1] ?? 'another use that is not supported';

/** The sentence without the names of the file, and without the list of what is supported. */
export const shortReason = (reason: string): string =>
  reason
    .replace(/^\[[^\]]*\] /, '')
    .replace(/ ?Supported: .*$/, '')
    .replace(/ ?(Export|Only networks that) .*$/, '')
    .replace(/ ?"[^"]*"/g, '')
    .trim();
