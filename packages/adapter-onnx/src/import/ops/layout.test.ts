/** @jest-environment ./src/testing/ort-environment.js */
import { expectAgreement, testAgreement } from '../../testing/against-runtime.js';
import { node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { floats, integers, weight } from '../../testing/stored-tensors.js';

const inputs = { x: ['n', 4, 6, 8] } as const;
const one = (op: string, attributes: Attributes = {}): ModelParts => ({
  inputs,
  nodes: [node(op, 'x', 'y', attributes)],
});

/** A model of one operator whose second and further inputs are lists of whole numbers. */
const listing = (op: string, lists: readonly (readonly number[])[]): ModelParts => ({
  inputs,
  nodes: [node(op, ['x', ...lists.map((_, at) => `list${at}`)].join(' '), 'y')],
  weights: lists.map((list, at) => integers(`list${at}`, list)),
});

describe('operators that move numbers do what the runtime does:', () => {
  testAgreement({
    'DepthToSpace, depth first': one('DepthToSpace', { blocksize: 2, mode: 'DCR' }),
    'DepthToSpace, columns first': one('DepthToSpace', { blocksize: 2, mode: 'CRD' }),
    SpaceToDepth: one('SpaceToDepth', { blocksize: 2 }),
    'Transpose by a permutation': one('Transpose', { perm: [0, 3, 1, 2] }),
    Flatten: one('Flatten'),
    'Flatten behind the channels': {
      inputs: { x: ['n', 1, 6, 8] },
      nodes: [node('Flatten', 'x', 'y', { axis: -2 })],
    },
    'Reshape that copies, and computes one axis': listing('Reshape', [[0, -1, 8]]),
    'Slice of two axes, one in steps': listing('Slice', [
      [1, 0],
      [3, 8],
      [1, 3],
      [1, 3],
    ]),
    'Slice backwards, from the last to the first': listing('Slice', [[-1], [-100], [3], [-2]]),
    'Slice beyond the ends': listing('Slice', [[-100], [100], [2], [2]]),
    'Slice without axes': listing('Slice', [
      [0, 1],
      [2 ** 40, 2],
    ]),
    'Split into equal parts': {
      inputs,
      outputs: 'y',
      nodes: [node('Split', 'x', 'a b', { axis: 1 }), node('Sub', 'a b', 'y')],
    },
    'Split into given parts': {
      inputs,
      nodes: [
        node('Split', 'x sizes', 'a b c', { axis: -1 }),
        node('Concat', 'c a b', 'y', { axis: 3 }),
      ],
      weights: [integers('sizes', [1, 5, 2])],
    },
    'Gather of one entry, which drops the axis': {
      inputs,
      nodes: [node('Gather', 'x at', 'y', { axis: 2 })],
      weights: [integers('at', [-2], [])],
    },
    'Gather of a list': {
      inputs,
      nodes: [node('Gather', 'x at', 'y', { axis: 1 })],
      weights: [integers('at', [3, 0, 3])],
    },
    'Gather of a table, which adds an axis': {
      inputs,
      nodes: [node('Gather', 'x at', 'y', { axis: 3 })],
      weights: [integers('at', [0, 1, -1, 4], [2, 2])],
    },
    'Concat with a constant in front of, between and behind values': {
      inputs: { x: [1, 4, 3], z: [1, 2, 3] },
      nodes: [node('Concat', 'a x b z c', 'y', { axis: 1 })],
      weights: [weight('a', [1, 1, 3], 2), weight('b', [1, 2, 3], 3), weight('c', [1, 3, 3], 4)],
    },
    'Concat with a constant at the last axis': {
      inputs: { x: [1, 4, 3] },
      nodes: [node('Concat', 'x a', 'y', { axis: -1 })],
      weights: [weight('a', [1, 4, 2])],
    },
    'Expand of an axis of size 1': {
      inputs: { x: ['n', 1, 3] },
      nodes: [node('Expand', 'x shape', 'y')],
      weights: [integers('shape', [1, 4, 1])],
    },
    'Tile of two axes': listing('Tile', [[1, 2, 1, 3]]),
    'Squeeze and Unsqueeze from behind': {
      inputs: { x: ['n', 1, 3, 1] },
      nodes: [node('Squeeze', 'x last', 'z'), node('Unsqueeze', 'z two', 'y')],
      weights: [integers('last', [-1, 1]), integers('two', [-1, 1])],
    },
    'Dropout and Identity, which change nothing': {
      inputs,
      nodes: [node('Dropout', 'x', 'z'), node('Identity', 'z', 'y')],
    },
    'Cast between floats': one('Cast', { to: 1 }),
  });

  test('DepthToSpace takes every block from its channels', async () => {
    const { shape } = await expectAgreement(one('DepthToSpace', { blocksize: 2 }));
    expect(shape).toEqual([2, 1, 12, 16]);
  });
});

const padded = (
  mode: string,
  pads: readonly number[],
  more: Partial<ModelParts> = {},
): ModelParts => ({
  inputs,
  opset: 19,
  nodes: [node('Pad', 'x pads', 'y', { mode })],
  weights: [integers('pads', pads)],
  ...more,
});

describe('paddings are what the runtime makes of them:', () => {
  testAgreement({
    'constant, of a value that is given': padded('constant', [0, 1, 2, 0, 0, 0, 1, 3], {
      nodes: [node('Pad', 'x pads value', 'y', { mode: 'constant' })],
      weights: [integers('pads', [0, 1, 2, 0, 0, 0, 1, 3]), weight('value', [])],
    }),
    'constant, some negative': padded('constant', [0, 0, -2, 1, 0, 1, 1, -3]),
    reflect: padded('reflect', [0, 0, 3, 2, 0, 0, 5, 0]),
    edge: padded('edge', [0, 2, 3, 2, 0, 0, 9, 0]),
    wrap: padded('wrap', [0, 0, 3, 2, 0, 0, 5, 1]),
    'of the axes that are named': padded('constant', [], {
      nodes: [node('Pad', 'x pads - axes', 'y')],
      weights: [integers('pads', [1, 2, 3, 4]), integers('axes', [-1, 2])],
    }),
    'reflect, of the axes that are named': padded('reflect', [], {
      nodes: [node('Pad', 'x pads - axes', 'y', { mode: 'reflect' })],
      weights: [integers('pads', [1, 2, 3, 4]), integers('axes', [3, 2])],
    }),
  });
});

const resized = (
  attributes: Attributes,
  scales: readonly number[] | undefined,
  sizes?: readonly number[],
): ModelParts => ({
  inputs,
  opset: 19,
  nodes: [node('Resize', scales ? 'x - scales' : 'x - - sizes', 'y', attributes)],
  weights: [
    ...(scales ? [floats('scales', [scales.length], scales)] : []),
    ...(sizes ? [integers('sizes', sizes)] : []),
  ],
});

const COORDINATES = ['half_pixel', 'half_pixel_symmetric', 'pytorch_half_pixel', 'asymmetric'];
const ROUNDINGS = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];

describe('resizing is what the runtime makes of it:', () => {
  testAgreement({
    ...Object.fromEntries(
      COORDINATES.flatMap((coordinate_transformation_mode) =>
        ['nearest', 'linear', 'cubic'].flatMap((mode) => [
          [
            `${mode}, ${coordinate_transformation_mode}, larger`,
            resized({ mode, coordinate_transformation_mode }, [1, 1, 2, 1.5]),
          ],
          [
            `${mode}, ${coordinate_transformation_mode}, smaller`,
            resized({ mode, coordinate_transformation_mode }, [1, 1, 0.5, 0.6]),
          ],
        ]),
      ),
    ),
    ...Object.fromEntries(
      ROUNDINGS.map((nearest_mode) => [
        `nearest, ${nearest_mode}`,
        resized({ mode: 'nearest', nearest_mode }, [1, 1, 1.5, 0.7]),
      ]),
    ),
    ...Object.fromEntries(
      ['nearest', 'linear', 'cubic'].flatMap((mode) => [
        [
          `${mode}, align_corners, larger`,
          resized({ mode, coordinate_transformation_mode: 'align_corners' }, [1, 1, 2, 1.5]),
        ],
        [
          `${mode}, align_corners, smaller, before version 18`,
          {
            ...resized({ mode, coordinate_transformation_mode: 'align_corners' }, [1, 1, 0.5, 0.6]),
            opset: 17,
          },
        ],
        [
          `${mode}, a region of the image, a number beyond it`,
          {
            ...resized(
              {
                mode,
                coordinate_transformation_mode: 'tf_crop_and_resize',
                extrapolation_value: { float: 2.5 },
              },
              undefined,
              [1, 4, 5, 7],
            ),
            inputs: { x: [1, 4, 6, 8] },
            nodes: [
              node('Resize', 'x region - sizes', 'y', {
                mode,
                coordinate_transformation_mode: 'tf_crop_and_resize',
                extrapolation_value: { float: 2.5 },
              }),
            ],
            weights: [
              integers('sizes', [1, 4, 5, 7]),
              floats('region', [8], [0, 0, -0.2, 0.3, 1, 1, 0.7, 1.2]),
            ],
          },
        ],
      ]),
    ),
    ...Object.fromEntries(
      ['linear', 'cubic'].flatMap((mode) =>
        [0, 1].map((exclude_outside) => [
          `${mode}, smoothed, ${exclude_outside === 0 ? 'the border repeated' : 'nothing from outside'}`,
          resized({ mode, antialias: 1, exclude_outside }, [1, 1, 0.5, 0.6]),
        ]),
      ),
    ),
    ...Object.fromEntries(
      ['not_larger', 'not_smaller'].map((keep_aspect_ratio_policy) => [
        `a shape that is kept, ${keep_aspect_ratio_policy}`,
        resized({ mode: 'linear', axes: [2, 3], keep_aspect_ratio_policy }, undefined, [9, 5]),
      ]),
    ),
    'a volume': {
      inputs: { x: ['n', 2, 3, 4, 5] },
      opset: 19,
      nodes: [node('Resize', 'x - scales', 'y', { mode: 'linear' })],
      weights: [floats('scales', [5], [1, 1, 2, 1.5, 0.6])],
    },
    'a sequence': {
      inputs: { x: ['n', 2, 7] },
      opset: 19,
      nodes: [node('Resize', 'x - scales', 'y', { mode: 'nearest', nearest_mode: 'ceil' })],
      weights: [floats('scales', [3], [1, 1, 1.7])],
    },
    'to sizes': {
      ...resized({ mode: 'linear' }, undefined, [1, 4, 9, 5]),
      inputs: { x: [1, 4, 6, 8] },
    },
    'to sizes of the axes that are named': {
      ...resized({ mode: 'linear', axes: [2, 3] }, undefined, [9, 5]),
    },
    'cubic, nothing taken from outside': resized(
      { mode: 'cubic', exclude_outside: 1, cubic_coeff_a: { float: -0.5 } },
      [1, 1, 1.5, 2],
    ),
  });
});
