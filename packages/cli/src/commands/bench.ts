import type { Backend, TensorRecord } from '@patternlens/core';
import type { Command } from 'commander';
import { parseMethods } from '../arguments/parse-methods.js';
import { parseCount, parsePositive } from '../arguments/parse-numbers.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseBackend } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import { openPlainModel } from '../backends/open-plain-model.js';
import { clearFlips, gateFailure } from '../bench/gate.js';
import {
  benchBackend,
  ownForward,
  type BackendBench,
  type ForwardPass,
} from '../bench/run-bench.js';
import { joinInputs } from '../explain/joined-inputs.js';
import type { OpenedModel } from '../models/open-model.js';
import { openPatterns } from '../models/open-patterns.js';
import { GateError } from '../output/exit-code.js';
import { table } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import {
  openModelOf,
  sourcesByInput,
  withSources,
  type ModelFlags,
  type SourceFlags,
} from './shared-options.js';

interface Flags extends ModelFlags, SourceFlags {
  readonly method: string;
  readonly backend?: string;
  readonly patterns?: string;
  readonly batch: string;
  readonly limit: string;
  readonly runs: string;
  readonly failAbove?: string;
  readonly agreement: boolean;
  readonly json?: boolean;
}

async function forwardOf(model: OpenedModel, backend: Backend): Promise<ForwardPass> {
  const plain = await openPlainModel(model, backend.id);
  return plain
    ? { forwardOf: 'model file', run: plain.run, dispose: plain.dispose }
    : ownForward(model, backend);
}

const exponential = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

function asText(benches: readonly BackendBench[]): string {
  const rows = benches.flatMap(({ backend, methods }) =>
    methods.map(({ method, forward, time, agreement, error }) => {
      if (error !== undefined) return [backend, method, ...new Array<string>(7).fill('-'), error];
      const flips = agreement?.flips.reduce((sum, own) => sum + own.flips, 0);
      const clear = clearFlips(agreement);
      return [
        backend,
        method,
        forward?.median.toFixed(2) ?? '-',
        time?.min.toFixed(2) ?? '-',
        time?.median.toFixed(2) ?? '-',
        time ? `${time.ratio.toFixed(2)} x` : '-',
        agreement ? exponential(agreement.equalGates.relativeL2) : '-',
        agreement ? exponential(agreement.freeGates.relativeL2) : '-',
        flips === undefined ? '-' : String(flips),
        clear.length > 0
          ? `flips that are not rounding: ${clear.join(', ')}`
          : agreement?.sameTarget === false
            ? 'another class'
            : '',
      ];
    }),
  );
  return table(
    [
      'backend',
      'method',
      'forward ms',
      'min ms',
      'median ms',
      'of forward',
      'equal gates',
      'free gates',
      'flips',
      'to know',
    ],
    rows,
  );
}

export function benchCommand(program: Command, terminal: Terminal): void {
  withSources(
    program
      .command('bench')
      .argument('<MODEL>', 'an ONNX file, or default for the bundled network')
      .argument('[SOURCE...]', 'samples to time and to compare on'),
  )
    .requiredOption('--method <ID,...>', 'methods, with parameters behind a colon; or all')
    .option('--backend <ID,...>', 'backends (default: the first that is installed)')
    .option('--patterns <FILE>', 'patterns, for pattern-net and pattern-attribution')
    .option('--batch <N>', 'samples computed at once while timing', '1')
    .option('--limit <N>', 'samples compared with the reference, which is slow', '1')
    .option('--runs <N>', 'timed runs of each method; 0 to compare only', '20')
    .option('--no-agreement', 'time only')
    .option('--fail-above <X>', 'exit with 4 where the error under equal gates is above X')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  patternlens bench default generated --method gradient,guided-backprop --limit 4',
    )
    .action(async (path: string, sources: string[], flags: Flags) => {
      const methods = parseMethods(flags.method);
      const ids = flags.backend?.split(',').map(parseBackend);
      const batch = parseCount('--batch', flags.batch),
        limit = parseCount('--limit', flags.limit),
        runs = parseCount('--runs', flags.runs, 0);
      const failAbove =
        flags.failAbove === undefined ? undefined : parsePositive('--fail-above', flags.failAbove);
      if (failAbove !== undefined && !flags.agreement)
        throw new UsageError(
          '--fail-above needs the comparison with the reference: leave out --no-agreement.',
        );
      const model = await openModelOf(path, flags, sources, flags.input);
      const patterns =
        flags.patterns === undefined ? undefined : await openPatterns(flags.patterns);
      const wanted = Math.max(batch, limit);
      const inputs = await joinInputs(model, sourcesByInput(model, sources, flags), wanted, wanted);
      const timed: TensorRecord = await inputs.read(0, Math.min(batch, inputs.count));
      const compared = flags.agreement
        ? await inputs.read(0, Math.min(limit, inputs.count))
        : undefined;
      const reference = await openBackend('reference');
      const benches: BackendBench[] = [];
      for (const id of ids ?? [undefined]) {
        const backend = await openBackend(id);
        const forward = await forwardOf(model, backend);
        try {
          benches.push(
            await benchBackend(
              { model, methods, patterns, timed, compared, runs, onStep: terminal.say },
              backend,
              forward,
              reference,
            ),
          );
        } finally {
          await forward.dispose();
          await backend.dispose();
        }
      }
      const document = {
        model: path,
        batch: Object.values(timed)[0]!.shape[0]!,
        runs,
        backends: benches,
      };
      terminal.data(flags.json === true ? JSON.stringify(document, null, 2) : asText(benches));
      const failure = failAbove === undefined ? undefined : gateFailure(benches, failAbove);
      if (failure !== undefined) throw new GateError(failure);
    });
}
