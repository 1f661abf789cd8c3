import type { JudgedClaim } from './claim.js';
import type { MeasuredNetwork } from './measure-network.js';

/** Everything that one run found. */
export interface ReproduceReport {
  readonly version: 1;
  readonly quick: boolean;
  readonly seed: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly claims: readonly JudgedClaim[];
  readonly networks: readonly MeasuredNetwork[];
  /** Networks that were not measured, and why. */
  readonly absent: readonly string[];
  readonly toys: unknown;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const text = (value: string): string => value.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

const STYLE = `
:root { color-scheme: light }
body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; margin: 0 auto; max-width: 1100px; padding: 24px }
h1 { font-size: 26px; margin: 0 0 8px } h2 { font-size: 20px; margin: 40px 0 8px } h3 { font-size: 16px; margin: 24px 0 6px }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid #ddd }
.v { white-space: nowrap; font-weight: 600 } .supported { color: #1a6e2e } .mixed { color: #8a5a00 } .not-supported { color: #a61b1b } .not-measured { color: #666 }
.rule, .about { color: #555 } figure { margin: 16px 0; overflow-x: auto } figure svg { max-width: 100%; height: auto } figcaption { color: #555 }
`;

const verdict = ({ verdict: rating }: { readonly verdict: string }): string =>
  `<span class="v ${rating.replace(' ', '-')}">${rating}</span>`;

const summary = (claims: readonly JudgedClaim[]): string => `<table>
<thead><tr><th>claim</th><th>these runs</th></tr></thead><tbody>
${claims.map((claim) => `<tr><td><a href="#${claim.id}">${text(claim.claim)}</a></td><td>${verdict(claim)}</td></tr>`).join('\n')}
</tbody></table>`;

const details = (
  claim: JudgedClaim,
): string => `<h3 id="${claim.id}">${text(claim.claim)} ${verdict(claim)}</h3>
<p class="rule">${text(claim.rule)}</p>
${
  claim.evidence.length === 0
    ? ''
    : `<table><tbody>${claim.evidence.map((one) => `<tr><th>${text(one.subject)}</th><td>${verdict(one)}</td><td>${text(one.text)}</td></tr>`).join('\n')}</tbody></table>`
}`;

const figure = ({ title, svg }: { readonly title: string; readonly svg: string }): string =>
  `<figure>${svg}<figcaption>${text(title)}</figcaption></figure>`;

const network = ({
  numbers,
  about,
  samples,
  seconds,
  notes,
  figures,
}: MeasuredNetwork): string => `<h2>${text(numbers.title)}</h2>
<p class="about">${text(about)} Patterns from ${samples.fit} samples, v from ${samples.regress} others, correlations on ${samples.test} more, ${samples.degraded} degraded. ${Object.entries(
  seconds,
)
  .map(([what, time]) => `${text(what)} ${time.toFixed(1)} s`)
  .join(', ')}.</p>
${notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${text(note)}</li>`).join('')}</ul>`}
${figures.map(figure).join('\n')}`;

/** The report as one HTML page without foreign requests. */
export function reportPage(report: ReproduceReport, toyFigure: string): string {
  const { quick, seed, environment, claims, networks, absent } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The paper, reproduced</title><style>${STYLE}</style></head><body>
<h1>Learning how to explain neural networks, reproduced</h1>
<p>What ${networks.length} networks and the toy models say about the claims of Kindermans et al. 2017. The paper measured VGG-16 on ImageNet; other networks may differ for good reasons, and a verdict here is about these runs alone.${quick ? ' <strong>This is a quick run: few samples, wide intervals.</strong>' : ''}</p>
${summary(claims)}
${absent.length === 0 ? '' : `<p>Not measured:</p><ul>${absent.map((name) => `<li>${text(name)}</li>`).join('')}</ul>`}
<h2>Claims</h2>
<p class="rule">Intervals are bootstrap 95 %: over neurons for rho, over images for degradation, paired where two are compared. How much rho varies with the samples is not in them. Thresholds are ours: the paper gives curves, no numbers.</p>
${claims.map(details).join('\n')}
<h2>Toy models</h2>
${figure({ title: 'figure 2', svg: toyFigure })}
${networks.map(network).join('\n')}
<h2>How it was run</h2>
<table><tbody>${Object.entries({
    ...environment,
    seed: String(seed),
    seconds: report.seconds.toFixed(0),
  })
    .map(([name, value]) => `<tr><th>${text(name)}</th><td>${text(value)}</td></tr>`)
    .join('')}</tbody></table>
</body></html>
`;
}
