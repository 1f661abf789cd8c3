import type { Backend, PatternSet } from '@patternlens/core';
import { type BackendId, type JoinedInputs, openBackend } from '@patternlens/explain/node';
import { sayPixelsAsTheyAre } from '../sources/open-samples.js';
import type { ModelValues, PluginValues, SourceValues } from '../arguments/shared-options.js';
import { openModel, type OpenedModel } from '../models/open-model.js';
import { diskFile, openPatterns } from '@patternlens/explain/node';
import { startProgress, type Progress } from '../output/progress.js';
import { stageInto, type Staging } from '../output/staging.js';
import type { Terminal } from '../output/terminal.js';
import { openPlugins, type OpenedPlugins } from '../plugins/open-plugins.js';
import { openSamples } from '../sources/open-samples.js';
import { sourcesByInput } from '../sources/sources-by-input.js';
import { Interrupts } from './interrupts.js';
import { OpenedThings } from './opened-things.js';

/** One run of a command: its options, and everything that it opens, when it is asked for. What has to be closed is closed when the run is, in
 * whatever way the command ends. Each part can be asked for where the command has the options that it is opened with. */
export class CommandRun<Options extends object = object> implements AsyncDisposable {
  readonly options: Options;
  readonly terminal: Terminal;
  readonly #opened = new OpenedThings();
  readonly #interrupts: Interrupts;
  readonly #bars = new Set<Progress>();
  #plugins: Promise<OpenedPlugins> | undefined;

  constructor(options: Options, terminal: Terminal) {
    this.options = options;
    this.terminal = terminal;
    this.#interrupts = new Interrupts(() => {
      for (const bar of this.#bars) bar.stop();
      terminal.say('patternlens: interrupted.');
    });
    this.closing(() => {
      this.#interrupts[Symbol.dispose]();
    });
  }

  /** Closes something when the run ends, before what was opened earlier. */
  closing(close: () => void | PromiseLike<void>): void {
    this.#opened.add(close);
  }

  /** Aborted when the user interrupts. Until it is asked for, an interrupt ends the command at once. */
  heedInterrupts(): AbortSignal {
    return this.#interrupts.heed();
  }

  readonly say = (line: string): void => {
    this.terminal.say(line);
  };

  /** The plug-ins, opened once. */
  plugins(this: CommandRun<PluginValues>): Promise<OpenedPlugins> {
    return (this.#plugins ??= openPlugins(this.options.plugin));
  }

  /** The model, read with the plug-ins; the sources bind axes that it leaves free. */
  async model(
    this: CommandRun<ModelValues>,
    path: string,
    sources?: readonly string[],
  ): Promise<OpenedModel> {
    const { plugins } = await this.plugins();
    const model = await openModel(path, this.options, plugins, sources);
    model.notes.forEach(this.say);
    return model;
  }

  /** The samples of all inputs side by side.
   * @param generated How many a generated source gives where no limit says otherwise. */
  async inputs(
    this: CommandRun<SourceValues & { readonly limit: number | undefined }>,
    model: OpenedModel,
    sources: readonly string[],
    generated: number,
  ): Promise<JoinedInputs> {
    const { input, limit } = this.options;
    const named = sourcesByInput(model.network, sources, input);
    const inputs = await openSamples(model, named, { generated, limit, say: this.say });
    sayPixelsAsTheyAre(inputs, this.say);
    return inputs;
  }

  /** The patterns, where a file of them was given. */
  async patterns(
    this: CommandRun<{ readonly patterns: string | undefined }>,
  ): Promise<PatternSet | undefined> {
    const { patterns } = this.options;
    return patterns === undefined ? undefined : openPatterns(diskFile(patterns));
  }

  /** The backend that was named, else the first that is installed. */
  async backend(this: CommandRun<{ readonly backend: BackendId | undefined }>): Promise<Backend> {
    const backend = await openBackend(this.options.backend);
    this.closing(() => backend.dispose());
    return backend;
  }

  /** A folder for results that appear together, or not at all. To be asked for last, when all that can be checked has been. */
  async results(folder: string): Promise<Staging> {
    const staging = await stageInto(folder);
    this.closing(() => staging[Symbol.asyncDispose]());
    return staging;
  }

  /** A bar, or lines, that tell how far the work is. */
  async progress(what: string): Promise<Progress> {
    const bar = await startProgress(this.terminal, what);
    this.#bars.add(bar);
    this.closing(bar.stop);
    return bar;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened[Symbol.asyncDispose]();
  }
}
