/** A field of a protobuf message: a number, or bytes with their length. */
type Field = readonly [field: number, value: number | string | Uint8Array];

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

const message = (...fields: readonly Field[]): Uint8Array =>
  Uint8Array.from(
    fields.flatMap(([field, value]) => {
      if (typeof value === 'number') return [...varint(field * 8), ...varint(value)];
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
    }),
  );

const FLOAT = 1;
const EXTERNAL = 1;

const entry = (key: string, value: string): Field => [13, message([1, key], [2, value])];

const valueInfo = (name: string, ...dims: readonly (number | string)[]): Uint8Array =>
  message(
    [1, name],
    [
      2,
      message([
        1,
        message(
          [1, FLOAT],
          [
            2,
            message(
              ...dims.map((dim): Field => [
                1,
                message(typeof dim === 'number' ? [1, dim] : [2, dim]),
              ]),
            ),
          ],
        ),
      ]),
    ],
  );

/** An ONNX file of one dense layer (`MatMul`, 4 to 3), whose weights are 48 bytes of another file.
 * @param location The path of that file, as the model has it. */
export function externalOnnx(location: string): Uint8Array {
  const weights = message(
    [1, 4],
    [1, 3],
    [2, FLOAT],
    [8, 'w'],
    entry('location', location),
    entry('offset', '0'),
    entry('length', '48'),
    [14, EXTERNAL],
  );
  const graph = message(
    [1, message([1, 'x'], [1, 'w'], [2, 'y'], [3, 'dense'], [4, 'MatMul'])],
    [2, 'graph'],
    [5, weights],
    [11, valueInfo('x', 'N', 4)],
    [12, valueInfo('y', 'N', 3)],
  );
  return message([1, 8], [7, graph], [8, message([2, 17])]);
}
