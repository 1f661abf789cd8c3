import { chooseMethod, tensor, traceMethod, type Tensor } from '@patternlens/core';
import { valueChannels } from '@patternlens/core/network';
import { targetInputs, type RelevancePort } from '@patternlens/core/tracing';
import type { InnerAsked, InnerRelevance } from '../compute/calls/inner-messages.js';
import { backendOf, modelOf, type Session } from '../compute/session.js';

/** A value of one sample as a picture: places in rows and columns, its channels summed; of features without places, one row near a square. */
export function planeOf({ data, shape }: Tensor, channelAxis: number): InnerRelevance['plane'] {
  const own = shape.slice(1);
  const channels = own.length > 1 ? (own[channelAxis - 1] ?? 1) : 1;
  const places = own.filter((_, axis) => own.length === 1 || axis !== channelAxis - 1);
  const size = data.length / channels;
  const inner = own.slice(channelAxis).reduce((product, each) => product * each, 1);
  const values = new Float64Array(size);
  if (channels === 1) values.set(data);
  else
    data.forEach((value, at) => {
      const place = Math.floor(at / (channels * inner)) * inner + (at % inner);
      values[place]! += value;
    });
  if (places.length < 2) {
    const rows = Array.from({ length: Math.floor(Math.sqrt(size)) }, (_, at) => at + 1)
      .filter((count) => size % count === 0)
      .at(-1)!;
    return { values, width: size / rows, height: rows };
  }
  const width = places.at(-1)!;
  return { values, width, height: size / width };
}

/** The relevance that arrives at every layer of a sample, the last layer first.
 * @throws PatternLensError as `traceMethod` does. */
export async function traceInner(
  session: Session,
  { method, parameters, inputs, target }: InnerAsked,
): Promise<readonly InnerRelevance[]> {
  const { network } = modelOf(session);
  const traced = traceMethod(network, {
    method: chooseMethod(method, parameters),
    patterns: session.patterns,
    layerRelevance: true,
    ...(typeof target === 'object' && 'layer' in target ? { layer: target.layer } : {}),
    ...(typeof target === 'object' && 'channel' in target && !('layer' in target)
      ? { channels: true }
      : {}),
  });
  const { ports } = traced;
  const chosen = targetInputs(target, 1, traced.explainedShape);
  const executable = await backendOf(session).compile(traced.program);
  try {
    const results = await executable.run({
      ...inputs,
      [ports.target]: tensor(chosen.target, [1]),
      ...(ports.channel === undefined ? {} : { [ports.channel]: tensor(chosen.channel, [1]) }),
    });
    const read = ({ name, exponent }: RelevancePort): Tensor => {
      const { data, shape } = results[name]!;
      return { data: Float64Array.from(data, (value) => value * 2 ** exponent), shape };
    };
    return (traced.layerRelevance ?? []).map(({ layer, rule, arrived }) => {
      const relevance = read(arrived);
      return {
        layer: layer.name,
        rule,
        plane: planeOf(relevance, valueChannels(traced.network, layer.output)),
        sum: (relevance.data as Float64Array).reduce((sum, value) => sum + value, 0),
      };
    });
  } finally {
    await executable.dispose();
  }
}
