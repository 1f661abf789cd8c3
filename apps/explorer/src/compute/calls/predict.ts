import { type Tensor, type TensorRecord } from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { backendOf, modelOf, type Session } from '../session.js';

/** The explained output of one sample, before a final softmax or sigmoid that was cut off: the forward pass alone, for models that no method explains. */
export async function predict(session: Session, inputs: TensorRecord): Promise<Tensor> {
  const program = forwardProgram(modelOf(session).network);
  const executable = await backendOf(session).compile(program);
  try {
    const results = await executable.run(inputs);
    return results[program.outputs[0]!.name]!;
  } finally {
    await executable.dispose();
  }
}
