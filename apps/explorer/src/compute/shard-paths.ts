/** The paths of the files that a `model.json` of TensorFlow.js keeps its weights in. */
export function shardPaths(json: string): readonly string[] {
  const { weightsManifest = [] } = JSON.parse(json.replace(/^\uFEFF/, '')) as {
    readonly weightsManifest?: readonly { readonly paths?: readonly unknown[] }[];
  };
  if (!Array.isArray(weightsManifest)) return [];
  return weightsManifest.flatMap((group: { readonly paths?: readonly unknown[] } | null) =>
    (group?.paths ?? []).map(String),
  );
}
