const because = (reason: string, names: string): [string, string][] =>
  names.split(' ').map((name) => [name, reason]);

/** Operators of the standard that are refused on computed values, with the reason. */
export const REFUSED_OPERATORS: Readonly<Record<string, string>> = Object.fromEntries([
  ...because(
    'it chooses places or counts, and has no gradient',
    'ArgMax ArgMin Hardmax NonMaxSuppression NonZero OneHot Unique TfIdfVectorizer',
  ),
  ...because(
    'it works on bits, and has no gradient',
    'BitCast BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor',
  ),
  ...because(
    'it is random: the same input has other outputs',
    'Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike',
  ),
  ...because(
    'it computes with text or files, which have no gradient',
    'ImageDecoder RegexFullMatch StringConcat StringNormalizer StringSplit',
  ),
  ...because(
    'it computes with sequences of tensors or with values that may be missing',
    'ConcatFromSequence Optional OptionalGetElement OptionalHasElement SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap SplitToSequence',
  ),
  ...because('it repeats a graph as often as values say', 'Loop Scan'),
  ...because('recurrent networks are not read yet', 'GRU LSTM RNN'),
  ...because(
    'attention in one operator is not read yet',
    'Attention CausalConvWithState LinearAttention RotaryEmbedding TensorScatter',
  ),
  ...because('its weights or windows move with computed values', 'DeformConv MaxRoiPool RoiAlign'),
  ...because('of whole matrices, rarely part of a network', 'Det'),
  ...because('of signals, rarely part of a network', 'STFT MelWeightMatrix'),
  ...because('a product over what came before is not supported', 'CumProd'),
]);
