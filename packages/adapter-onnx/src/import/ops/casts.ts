import { isKnown, known, steps, type NumberType, type Operation } from '@patternlens/importing';
import { numberType, typeName } from '../../read/tensor-values.js';
import type { OnnxNode } from '../node-view.js';

/** What numbers of an element type are.
 * @throws PatternLensError where it has none. */
function numbersOf(node: OnnxNode, type: number): NumberType {
  return (
    numberType(type) ?? node.unsupported(`it casts to ${typeName(type)}, which has no numbers.`)
  );
}

/** The type that `Cast` names. */
export const castType = (node: OnnxNode): NumberType => numbersOf(node, node.int('to', 1));

/** The type that `CastLike` takes over from its second input. */
function likeType(node: OnnxNode): NumberType {
  const value = node.input(1);
  const type = node.elementTypes[1];
  return value.kind === 'constant'
    ? value.type
    : type === undefined
      ? 'float'
      : numbersOf(node, type);
}

const cast =
  (typeOf: (node: OnnxNode) => NumberType): Operation<OnnxNode> =>
  (node, context) => {
    const value = node.input(0);
    const type = typeOf(node);
    return isKnown(value)
      ? known.cast(value, type)
      : steps.castTo(context, node, node.numberTypeAt(0), type);
  };

export const casts: Readonly<Record<string, Operation<OnnxNode>>> = {
  Cast: cast(castType),
  CastLike: cast(likeType),
};
