import { PatternLensError, type ErrorCode } from '@patternlens/core';
import { readOnnx } from '../read-onnx.js';
import { modelFile, type ModelParts } from './model-file.js';

/** Runs what must fail, and expects an error of the house: the code, and every word in its message.
 * @returns the message. */
export async function expectFailure(
  run: Promise<unknown>,
  code: ErrorCode,
  ...words: readonly string[]
): Promise<string> {
  const failure: unknown = await run.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(failure).toBeInstanceOf(PatternLensError);
  const error = failure as PatternLensError;
  for (const word of words) expect(error.message).toContain(word);
  expect(error.code).toBe(code);
  // A remedy follows what is wrong: more than one sentence, or a second half of one.
  expect(error.message).toMatch(/[.;] .+\.$/s);
  return error.message;
}

/** What a file is, the file, the error's code, and words of its message. */
export type Refusal = readonly [
  title: string,
  parts: ModelParts,
  code: ErrorCode,
  ...words: readonly string[],
];

/** One test for each file: it is refused. */
export function testRefusals(cases: readonly Refusal[]): void {
  test.each(cases.map(([title, ...rest]) => [title, rest] as const))(
    '%s',
    async (_title, [parts, code, ...words]) => {
      await expectFailure(readOnnx(modelFile(parts)), code, ...words);
    },
  );
}
