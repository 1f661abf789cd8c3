/** Types of inputs, by the names that graphs and layers give them: floats, and whole numbers (images of bytes, say). */
const FLOATS = 'DT_FLOAT DT_HALF DT_DOUBLE DT_BFLOAT16 float16 float32 float64 bfloat16'.split(' ');
const WHOLE =
  'DT_INT8 DT_UINT8 DT_INT16 DT_UINT16 DT_INT32 DT_UINT32 DT_INT64 DT_UINT64 int8 uint8 int16 uint16 int32 uint32 int64 uint64'.split(
    ' ',
  );

const isWhole = (type: unknown): boolean => (WHOLE as unknown[]).includes(type);

/** Whether an input of a type can be explained. */
export const isExplainable = (type: unknown): boolean =>
  (FLOATS as unknown[]).includes(type) || isWhole(type);

/** What is said of inputs that are whole numbers. */
export const wholeInputChanges = (
  inputs: readonly { readonly name: string; readonly type: unknown }[],
): string[] =>
  inputs
    .filter(({ type }) => isWhole(type))
    .map(
      ({ name, type }) =>
        `input "${name}" of ${String(type).replace('DT_', '').toLowerCase()}: explained at the floats that its numbers are`,
    );
