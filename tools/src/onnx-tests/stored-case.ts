import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { type Tensor } from '@patternlens/core';
import {
  ModelProtoSchema,
  TensorProtoSchema,
  type ModelProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf';

/** Reads the numbers of a tensor of a file. */
export type ReadTensor = (tensor: TensorProto) => Promise<Tensor>;

export interface StoredTensor extends Tensor {
  readonly proto: TensorProto;
  readonly isFloat: boolean;
}

/** A case of ONNX's backend tests: a model, and what is stored for its inputs and outputs. */
export interface StoredCase {
  readonly name: string;
  readonly model: ModelProto;
  /** By the names of the graph, in its order; what is no tensor of numbers is left out. */
  readonly inputs: ReadonlyMap<string, StoredTensor>;
  readonly outputs: ReadonlyMap<string, StoredTensor>;
}

/** Elements that are floats: float, float16, double, bfloat16. */
const FLOATS: readonly number[] = [1, 10, 11, 16];

const BRAIN_FLOAT = 16;

/** @param elements The type that the graph says; some files hold bfloat16 and what came after it as whole numbers of their bits. */
async function stored(
  path: string,
  elements: number,
  read: ReadTensor,
): Promise<StoredTensor | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const proto = fromBinary(TensorProtoSchema, readFileSync(path));
    if (elements >= BRAIN_FLOAT) proto.dataType = elements;
    const { data, shape } = await read(proto);
    return { data, shape, proto, isFloat: FLOATS.includes(proto.dataType) };
  } catch {
    // A sequence, an optional value, or text.
    return undefined;
  }
}

async function tensorsOf(
  folder: string,
  word: 'input' | 'output',
  ports: readonly ValueInfoProto[],
  read: ReadTensor,
): Promise<Map<string, StoredTensor>> {
  const found = new Map<string, StoredTensor>();
  for (const [index, { name, type }] of ports.entries()) {
    const path = join(folder, 'test_data_set_0', `${word}_${index}.pb`);
    const elements = type?.value.case === 'tensorType' ? type.value.value.elemType : 0;
    const tensor = await stored(path, elements, read);
    if (tensor) found.set(name, tensor);
  }
  return found;
}

/** Reads a case from its folder. */
export async function readCase(root: string, name: string, read: ReadTensor): Promise<StoredCase> {
  const folder = join(root, name);
  const model = fromBinary(ModelProtoSchema, readFileSync(join(folder, 'model.onnx')));
  const { graph } = model;
  const weights = new Set(graph!.initializer.map((tensor) => tensor.name));
  const ports = graph!.input.filter((port) => !weights.has(port.name));
  return {
    name: name.replace(/^.*test_/, ''),
    model,
    inputs: await tensorsOf(folder, 'input', ports, read),
    outputs: await tensorsOf(folder, 'output', graph!.output, read),
  };
}

/** Those that read floats, and make numbers. */
export const isFloatCase = ({ inputs, outputs }: StoredCase): boolean =>
  [...inputs.values()].some(({ isFloat, data }) => isFloat && data.length > 0) && outputs.size > 0;

/** The groups of cases that `onnx` ships with models of a few nodes. */
const GROUPS = ['node', 'pytorch-converted', 'pytorch-operator'] as const;

/** The folders of all cases below `backend/test/data`, as they are named there. */
export const caseNames = (root: string): string[] =>
  GROUPS.flatMap((group) =>
    readdirSync(join(root, group))
      .filter((name) => existsSync(join(root, group, name, 'model.onnx')))
      .sort()
      .map((name) => join(group, name)),
  );
