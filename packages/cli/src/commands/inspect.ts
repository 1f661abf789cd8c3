import {
  inspectNetwork,
  type NetworkInput,
  type NetworkReport,
  type Shape,
} from '@patternlens/core';
import { formatDim, formatShape } from '@patternlens/core/tensor';
import { flag } from '../arguments/option.js';
import { MODEL } from '../arguments/positional.js';
import { MODEL_OPTIONS } from '../arguments/shared-options.js';
import { table } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { defineCommand } from './command.js';

type FileShape = NonNullable<NetworkReport['outputs'][number]['shape']>;

/** A shape as JSON has it: the batch is the letter N. */
const plainShape = (shape: FileShape): (number | string)[] =>
  shape.map((dim) => (typeof dim === 'object' ? formatDim(dim) : dim));

const shapeText = (shape: FileShape | undefined): string =>
  shape === undefined ? '[?]' : `[${plainShape(shape).join(', ')}]`;

/** The shape in the model's own layout. */
const ownShape = ({ shape, batchAxis = 0 }: NetworkInput): Shape => [
  ...shape.slice(1, batchAxis + 1),
  shape[0]!,
  ...shape.slice(batchAxis + 1),
];

function asJson(report: NetworkReport): string {
  const ports = (list: NetworkReport['inputs']) =>
    list.map((port) => ({ name: port.name, shape: plainShape(ownShape(port)) }));
  const outputs = report.outputs.map(({ name, shape, explained }) => ({
    name,
    shape: shape ? plainShape(shape) : null,
    explained,
  }));
  const layers = report.layers.map((layer) => ({
    ...layer,
    weights: layer.weights ?? null,
    inputShape: plainShape(layer.inputShape),
    outputShape: plainShape(layer.outputShape),
  }));
  return JSON.stringify({ ...report, inputs: ports(report.inputs), outputs, layers }, null, 2);
}

const count = (value: number): string => value.toLocaleString('en');

function asText(path: string, report: NetworkReport, { bold, dim }: Terminal): string {
  const ports = (list: NetworkReport['inputs']): string =>
    list.map((port) => `${port.name} ${formatShape(ownShape(port))}`).join(', ');
  const several = report.outputs.length > 1;
  const outputs = report.outputs.map(
    ({ name, shape, explained }) =>
      `${name} ${shapeText(shape)}${several && explained ? ' (explained)' : ''}`,
  );
  const layers = report.layers.map((layer) => [
    layer.name,
    layer.kind,
    formatShape(layer.inputShape),
    formatShape(layer.outputShape),
    layer.weights ?? '',
    layer.parameters === 0 ? '' : count(layer.parameters),
    layer.macs === 0 ? '' : count(layer.macs),
  ]);
  const methods = Object.entries(report.methods).map(([id, { supported, problems, notes }]) => {
    const remarks = [...problems, ...notes];
    const shown = remarks.slice(0, 3).map(({ layer, reason }) => `${layer}: ${reason}`);
    const more = remarks.length > 3 ? [`and ${remarks.length - 3} more layers`] : [];
    return [id, supported ? 'yes' : 'no', [...shown, ...more].join('; ')];
  });
  const parts = [
    `${bold(path)}  ${report.format}, ${count(report.parameters)} parameters, ${count(report.macs)} multiplications a sample`,
    `inputs   ${ports(report.inputs)}`,
    `outputs  ${outputs.join(', ')}`,
    '',
    table(['layer', 'kind', 'input', 'output', 'weights', 'parameters', 'multiplications'], layers),
    ...(report.changes.length > 0
      ? [
          '',
          bold('Changed before it is explained'),
          ...report.changes.map((change) => dim(`  ${change}`)),
        ]
      : []),
    '',
    bold('Methods'),
    table(['method', 'works', 'layers to know of'], methods),
  ];
  return parts.join('\n');
}

export const inspect = defineCommand({
  takes: [MODEL],
  options: { ...MODEL_OPTIONS, json: flag('--json', 'one JSON document') },
  examples: ['patternlens inspect default'],
  run: async (run, path) => {
    const { network } = await run.model(path);
    const report = inspectNetwork(network);
    run.terminal.data(run.options.json ? asJson(report) : asText(path, report, run.terminal));
  },
});
