import type { FileOutput } from '@patternlens/core/network';

/** What a model file takes and gives, whether it is read or not. */
export interface FilePorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly Omit<FileOutput, 'explained'>[];
}

/** The outputs of a file, of which one is explained; a value inside that is explained instead stands last. */
export function listedOutputs(explained: string, { outputs }: FilePorts): FileOutput[] {
  const listed = outputs.map((output) => ({ ...output, explained: output.name === explained }));
  return listed.some((output) => output.explained)
    ? listed
    : [...listed, { name: explained, explained: true }];
}

/** What of a file is not in the network, in sentences. */
export function leftOut(
  explained: string,
  { outputs }: FilePorts,
  unusedInputs: readonly string[],
): string[] {
  const instead =
    outputs[0]?.name === explained
      ? 'the first output is explained'
      : `"${explained}" is explained`;
  return [
    ...outputs
      .filter(({ name }) => name !== explained)
      .map(({ name }) => `output "${name}" left out: ${instead}`),
    ...unusedInputs.map((name) => `input "${name}" left out: "${explained}" does not depend on it`),
  ];
}
