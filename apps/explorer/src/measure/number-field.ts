import { html, type TemplateResult } from 'lit-html';

/** A whole number that is typed; what is out of range is put right. */
export const numberField = (
  label: string,
  value: number,
  [least, most]: readonly [number, number],
  isDisabled: boolean,
  take: (value: number) => void,
): TemplateResult =>
  html`<label class="field"
    >${label}
    <input
      type="number"
      min=${least}
      max=${most}
      step="1"
      .value=${String(value)}
      ?disabled=${isDisabled}
      @change=${(event: Event) => {
        const field = event.target as HTMLInputElement;
        const wanted = Math.round(Number(field.value));
        const right = Number.isFinite(wanted) && field.value !== '' ? wanted : value;
        const taken = Math.max(least, Math.min(most, right));
        field.value = String(taken);
        take(taken);
      }}
  /></label>`;
