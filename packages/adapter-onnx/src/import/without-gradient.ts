/** Operators that can never be explained, and why; what to do instead is said behind it. */
export const WITHOUT_GRADIENT: Readonly<Record<string, string>> = {
  'ai.onnx.ml.Binarizer': 'a threshold has no gradient',
  'ai.onnx.ml.CategoryMapper': 'names of categories have no gradient',
  'ai.onnx.ml.DictVectorizer': 'a dictionary has no gradient',
  'ai.onnx.ml.LabelEncoder': 'labels have no gradient',
  'ai.onnx.ml.OneHotEncoder': 'categories have no gradient',
  'ai.onnx.ml.TreeEnsemble': 'decision trees are constant between their splits: no gradient',
  'ai.onnx.ml.TreeEnsembleClassifier':
    'decision trees are constant between their splits: no gradient',
  'ai.onnx.ml.TreeEnsembleRegressor':
    'decision trees are constant between their splits: no gradient',
  'ai.onnx.ml.ZipMap': 'a dictionary has no gradient: explain the scores that it reads',
};
