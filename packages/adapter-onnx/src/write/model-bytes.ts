import { create, toBinary } from '@bufbuild/protobuf';
import {
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type GraphProto,
} from 'onnx-buf';

/** The version of the standard operators and of the format that all graphs are written in. */
const OPSET = 17;
const IR_VERSION = 8n;

/** A graph as the bytes of an ONNX file. */
export function modelBytes(
  graph: GraphProto,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'patternlens',
    opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(OPSET) })],
    metadataProps: Object.entries(metadata).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    ),
    graph,
  });
  return toBinary(ModelProtoSchema, model);
}
