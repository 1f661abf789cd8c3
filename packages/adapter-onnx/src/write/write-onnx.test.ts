import { fromBinary } from '@bufbuild/protobuf';
import { fitPatterns, tensor, traceMethod, type TraceOptions } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { ModelProtoSchema } from 'onnx-buf';
import { writeOnnx } from './write-onnx.js';

const network = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
  outputs: ['fc'],
  layers: [
    {
      kind: 'dense',
      name: 'fc',
      inputs: ['x'],
      output: 'fc',
      attributes: {},
      parameters: { weights: { tensor: tensor([1, 2], [1, 2]) } },
    },
  ],
});

function recipeOf(options: TraceOptions): unknown {
  const { metadataProps } = fromBinary(ModelProtoSchema, writeOnnx(traceMethod(network, options)));
  return JSON.parse(metadataProps.find(({ key }) => key === 'patternlens')!.value);
}

test('an explainer says how many samples its patterns were fitted on, where it has any', async () => {
  const seen = tensor([1, 2, 3, 1, 0, 2], [3, 2]);
  const patterns = await fitPatterns(network, [seen], { backend: referenceBackend() });
  expect(recipeOf({ method: 'pattern-attribution', patterns })).toMatchObject({
    method: 'pattern-attribution',
    patternSamples: 3,
  });
  expect(recipeOf({ method: 'lrp-0', patterns })).not.toHaveProperty('patternSamples');
});
