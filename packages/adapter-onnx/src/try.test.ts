import { readFileSync, readdirSync } from 'node:fs';
import { createExplainer, inspectNetwork, type Tensor } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import { readOnnx } from './read-onnx.js';
const dir = '/work/shared/data/models/';
function npy(file: string): Tensor { const b = readFileSync(file); const len = b.readUInt16LE(8); const head = b.subarray(10, 10 + len).toString('latin1'); const shape = /'shape':\s*\(([^)]*)\)/.exec(head)![1]!.split(',').map((s) => s.trim()).filter(Boolean).map(Number); const d = b.buffer.slice(b.byteOffset + 10 + len, b.byteOffset + b.length) as ArrayBuffer; return { shape, data: head.includes('<f8') ? new Float64Array(d) : new Float32Array(d) }; }
const rel = (a: ArrayLike<number>, b: ArrayLike<number>) => { let d = 0, n = 0; for (let i = 0; i < a.length; i++) { d += (a[i]! - b[i]!) ** 2; n += b[i]! ** 2; } return Math.sqrt(d / n); };
const metas = readdirSync(dir).filter((f) => f.endsWith('.json')).map((f) => JSON.parse(readFileSync(dir + f, 'utf8')));
for (const m of metas) for (const { file } of m.files) test(file, async () => {
  const net = await readOnnx(readFileSync(dir + file));
  const backend = referenceBackend();
  const [[name, inputs]] = Object.entries(m.references.inputs) as [string, string][];
  const x = npy(dir + inputs);
  const keep = await createExplainer(net, { backend, method: 'gradient', keepOutput: true });
  const e0 = await keep.explain(x);
  const e = await (await createExplainer(net, { backend, method: 'gradient' })).explain(x);
  const rep = inspectNetwork(net);
  console.log(file, 'out', rel(e0.output.data, npy(dir + m.references.outputs).data).toExponential(1), 'grad', rel(e.relevanceByInput[name]!.data, npy(dir + m.references.gradient[name]).data).toExponential(1), m.references.gradientFloat32RelativeL2?.[name], net.layers.length, JSON.stringify(rep.changes.slice(0,3)), Object.entries(rep.methods).filter(([, r]) => !r.supported).map(([k, r]) => k + ':' + r.problems[0]!.layer + ' ' + r.problems[0]!.reason).slice(0, 2));
  expect(e.targets).toEqual(m.references.explainedNeuron);
}, 60000);
