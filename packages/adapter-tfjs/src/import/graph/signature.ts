import { fieldOf, isObject, type JsonObject } from '../../read/json-object.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { nodeOf, outputName, type GraphNode } from './graph-nodes.js';

/** What the graph takes and gives, in the order of its signature. */
export interface GraphPorts {
  readonly inputs: readonly { readonly node: GraphNode; readonly shape: unknown }[];
  readonly outputs: readonly GraphOutput[];
}

/** An output of the graph. */
interface GraphOutput {
  /** `NODE`, or `NODE:INDEX` from the second on. */
  readonly name: string;
  /** What the signature calls it. */
  readonly key?: string;
  /** As the signature states it. */
  readonly shape?: unknown;
}

/** The tensors that one side of a signature names, with what it calls them. */
function named(
  signature: JsonObject | undefined,
  side: 'inputs' | 'outputs',
): (readonly [key: string, port: JsonObject])[] {
  const ports = signature && fieldOf(signature, side);
  return isObject(ports)
    ? Object.entries(ports).flatMap(([key, port]) => (isObject(port) ? [[key, port] as const] : []))
    : [];
}

const nameOf = (port: JsonObject): string | undefined => {
  const name = fieldOf(port, 'name');
  return typeof name === 'string' ? outputName(name) : undefined;
};

function inputsOf(
  nodes: ReadonlyMap<string, GraphNode>,
  signature: JsonObject | undefined,
): GraphPorts['inputs'] {
  const placeholders = [...nodes.values()].filter(({ op }) => op.startsWith('Placeholder'));
  const listed = named(signature, 'inputs').flatMap(([, port]) => {
    const node = nodes.get(nameOf(port) ?? '');
    return node ? [{ node, shape: fieldOf(port, 'tensorShape') }] : [];
  });
  const rest = placeholders.filter((node) => !listed.some((port) => port.node === node));
  return [...listed, ...rest.map((node) => ({ node, shape: undefined }))];
}

/** The inputs and outputs of a graph: those of its signature, else what nothing makes and what nothing reads. */
export function graphPorts(
  nodes: ReadonlyMap<string, GraphNode>,
  signature: JsonObject | undefined,
): GraphPorts {
  const inputs = inputsOf(nodes, signature);
  if (inputs.length === 0)
    return invalidFile('the graph has no input. Convert the model again, for inference.');
  const listed = named(signature, 'outputs').flatMap(([key, port]): GraphOutput[] => {
    const name = nameOf(port);
    return name === undefined ? [] : [{ name, key, shape: fieldOf(port, 'tensorShape') }];
  });
  const read = new Set([...nodes.values()].flatMap((node) => node.inputs.map(nodeOf)));
  const ends = [...nodes.values()].filter(
    ({ name, op }) =>
      !read.has(name) && !['Const', 'NoOp'].includes(op) && !op.startsWith('Placeholder'),
  );
  const outputs = listed.length > 0 ? listed : ends.map(({ name }) => ({ name }));
  if (outputs.length === 0)
    return invalidFile('the graph has no output. Convert the model again, for inference.');
  return { inputs, outputs };
}

/** The sizes of a shape as protocol buffers have it in JSON; undefined where even their number is unknown. */
export function protoShape(shape: unknown): (number | undefined)[] | undefined {
  if (!isObject(shape) || fieldOf(shape, 'unknownRank') === true) return undefined;
  const dims = fieldOf(shape, 'dim') ?? [];
  if (!Array.isArray(dims)) return undefined;
  return (dims as unknown[]).map((dim) => {
    const size = isObject(dim) ? Number(fieldOf(dim, 'size') ?? -1) : NaN;
    return size < 0 ? undefined : size;
  });
}
