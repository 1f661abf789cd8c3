import { fromBinary } from '@bufbuild/protobuf';
import { messageOf, PatternLensError } from '@patternlens/core';
import { ModelProtoSchema, type GraphProto, type ModelProto } from 'onnx-buf';

/** The oldest and newest versions of the standard operators that are understood. */
export const OLDEST_OPSET = 6;
export const NEWEST_OPSET = 28;

export interface ParsedModel {
  readonly model: ModelProto;
  readonly graph: GraphProto;
  /** Version of the standard operators. */
  readonly opset: number;
}

function invalid(message: string, cause?: unknown): never {
  throw new PatternLensError('adapter-onnx', 'invalid-file', message, { about: 'model' }, cause);
}

/** What a file that is not ONNX seems to be, in words; undefined where it may be ONNX. */
function otherThanOnnx(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'the file is empty. Download it again.';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 512)).trimStart().toLowerCase();
  if (start.startsWith('version https://git-lfs'))
    return 'the file is a git-LFS pointer, not the model. Fetch the model itself (git lfs pull).';
  if (start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<?xml'))
    return 'the file is a web page, not a model. Download the model itself.';
  if (start.startsWith('{') || start.startsWith('['))
    return 'the file is JSON, not ONNX. Convert the model to ONNX.';
  if (start.startsWith('pk\u0003\u0004'))
    return 'the file is a zip archive (PyTorch saves such files), not ONNX. Export the model to ONNX.';
  if (start.startsWith('\u0089hdf'))
    return 'the file is HDF5 (Keras saves such files), not ONNX. Convert the model to ONNX.';
  return undefined;
}

/** Decodes an ONNX file and checks that it is one.
 * @throws PatternLensError `invalid-file`, with what the file seems to be. */
export function parseModel(bytes: Uint8Array): ParsedModel {
  const other = otherThanOnnx(bytes);
  if (other !== undefined) return invalid(other);
  const model = decode(bytes);
  const { graph } = model;
  if (graph === undefined || (graph.node.length === 0 && graph.initializer.length === 0)) {
    return invalid('the file is not ONNX, or it is cut: it holds no graph. Download it again.');
  }
  const standard = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  const isStandard = ({ domain }: { readonly domain: string }): boolean =>
    domain === '' || domain === 'ai.onnx';
  if (standard === undefined && (model.opsetImport.length === 0 || graph.node.some(isStandard)))
    return invalid(
      'the file is not ONNX, or it is cut: it names no version of the standard operators. Download it again.',
    );
  // A file of other domains' operators alone (ai.onnx.ml) need not name one.
  const opset = standard === undefined ? NEWEST_OPSET : Number(standard.version);
  if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
    return invalid(
      `it uses version ${opset} of the standard operators; versions ${OLDEST_OPSET} to ${NEWEST_OPSET} are understood. Convert it with onnx.version_converter, or export it again.`,
    );
  }
  if (graph.input.length === 0)
    return invalid('its graph has no inputs. Export it with the input that is to be explained.');
  if (graph.output.length === 0)
    return invalid('its graph has no outputs. Export it with the output that is to be explained.');
  return { model, graph, opset };
}

function decode(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    return invalid(
      `the file is not ONNX, or it is cut (${messageOf(cause)}). Its ${bytes.length} bytes do not decode. Download it again.`,
      cause,
    );
  }
}
