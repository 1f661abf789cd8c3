import { effect } from '@preact/signals-core';
import { nothing } from 'lit-html';
import { AsyncDirective, directive } from 'lit-html/async-directive.js';
import type { ElementPart } from 'lit-html';

/** A part of a template that follows the signals it reads by itself: nothing around it is rendered anew. */
class Watch extends AsyncDirective {
  #stop: (() => void) | undefined;
  #read: () => unknown = () => nothing;

  override render(read: () => unknown): unknown {
    this.#read = read;
    return this.#follow();
  }

  #follow(): unknown {
    this.#stop?.();
    let first: unknown;
    let isFirst = true;
    this.#stop = effect(() => {
      const value = this.#read();
      if (isFirst) first = value;
      else this.setValue(value);
      isFirst = false;
    });
    return first;
  }

  protected override disconnected(): void {
    this.#stop?.();
  }

  protected override reconnected(): void {
    this.setValue(this.#follow());
  }
}

export const watch = directive(Watch);

type SetUpElement = (element: never) => () => void;

/** Sets up an element, again whenever what it is set up with changes; what the function returns undoes it. */
class SetUp extends AsyncDirective {
  #undo: (() => void) | undefined;
  #again: (() => void) | undefined;
  #given: readonly unknown[] | undefined;

  override render(): unknown {
    return nothing;
  }

  override update(
    { element }: ElementPart,
    [make, ...given]: [SetUpElement, ...unknown[]],
  ): unknown {
    const before = this.#given;
    if (before?.length === given.length && given.every((value, at) => value === before[at]))
      return nothing;
    this.#given = given;
    this.#undo?.();
    this.#again = () => {
      this.#undo = make(element as never);
    };
    this.#again();
    return nothing;
  }

  protected override disconnected(): void {
    this.#undo?.();
    this.#undo = undefined;
  }

  protected override reconnected(): void {
    this.#again?.();
  }
}

export const setUp = directive(SetUp) as (
  make: SetUpElement,
  ...given: readonly unknown[]
) => unknown;
