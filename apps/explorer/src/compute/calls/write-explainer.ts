import {
  checkMethod,
  chooseMethod,
  traceMethod,
  type ChannelTarget,
  type LayerTarget,
} from '@patternlens/core';
import type { CallContext } from '../call-context.js';
import { modelOf, type Session } from '../session.js';

export interface ExplainerAsked {
  readonly method: string;
  /** As they are written on the command line. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Neurons of a layer, or a channel; a class is an input of the explainer. */
  readonly target: 'top' | ChannelTarget | LayerTarget;
  /** How images became inputs: kept in the explainer's metadata. */
  readonly preprocessing: unknown;
  /** What the file of its weights is called, where they are too large to lie in the model. */
  readonly dataFile: string;
}

/** An explainer as ONNX files. */
export interface ExplainerFiles {
  readonly model: Uint8Array;
  /** Pieces of the file of its weights, in order. */
  readonly data: readonly Uint8Array[] | undefined;
}

/** Writes a method as one ONNX graph.
 * @throws PatternLensError for methods that run many programs, and as `checkMethod` does. */
export async function writeExplainer(
  session: Session,
  { method, parameters, target, preprocessing, dataFile }: ExplainerAsked,
  { handOver }: CallContext,
): Promise<ExplainerFiles> {
  const { network } = modelOf(session);
  const options = { method: chooseMethod(method, parameters), patterns: session.patterns };
  const part: Partial<LayerTarget> = target === 'top' ? {} : target;
  const { layer, channel } = part;
  const channels = channel !== undefined && layer === undefined;
  checkMethod(network, { ...options, target });
  const { writeOnnxFiles } = await import('../onnx-writer.js');
  const traced = traceMethod(network, { ...options, layer, channels });
  const { model, data } = writeOnnxFiles(traced, dataFile, { channel, preprocessing });
  handOver(model.buffer);
  return { model, data };
}
