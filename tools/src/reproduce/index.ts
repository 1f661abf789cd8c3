export type { JudgedClaim, Verdict } from './claim.js';
export { judgeClaims } from './judge-claims.js';
export { measureNetwork, type MeasuredNetwork } from './measure-network.js';
export { reportPage, type ReproduceReport } from './report-page.js';
export type { Bench, Subject } from './subject.js';
