/** Files that people have where a model, patterns or samples are expected, and what to do about them. */
const BY_NAME: readonly (readonly [name: RegExp, sentence: (name: string) => string])[] = [
  [
    /\.(pt|pth|ckpt)$/i,
    (name) => `${name} is a file of PyTorch. Write the model as ONNX with torch.onnx.export.`,
  ],
  [
    /\.(keras|h5|hdf5)$/i,
    (name) =>
      `${name} is a model of Keras. Convert it with tensorflowjs_converter, or to ONNX with tf2onnx.`,
  ],
  [
    /\.(pb|tflite)$/i,
    (name) => `${name} is a model of TensorFlow. Convert it to ONNX with tf2onnx.`,
  ],
  [/\.(pkl|pickle)$/i, (name) => `${name} is a Python pickle. Save its arrays with numpy.save.`],
  [/\.(mat|hdf)$/i, (name) => `${name} is not read. Save its arrays with numpy.save.`],
  [/\.(mp4|mov|m4v|avi|webm|mkv)$/i, (name) => `${name} is a film. Save its frames as images.`],
  [/\.pdf$/i, (name) => `${name} is a PDF. Save its pages as PNG.`],
];

/** What to say of a file whose name tells another format; undefined where it tells none. */
export const foreignName = (name: string): string | undefined =>
  BY_NAME.find(([sign]) => sign.test(name))?.[1](name);

/** What to say of a file whose first characters tell that it is not what it is called. */
export function foreignText(name: string, text: string): string | undefined {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('version https://git-lfs'))
    return `${name} is a Git LFS pointer: it stands for a file that was not fetched. Run "git lfs pull" where it was cloned, or download the file itself.`;
  if (/^<(!doctype html|html)/i.test(start))
    return `${name} is an HTML page. Download the file itself, not the page that shows it.`;
  return undefined;
}
