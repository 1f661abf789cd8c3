import type { Range } from '../../reach/box.js';

/** The input channels of the groups that a range of output channels lies in. */
export const groupsReach = (
  { from, to }: Range,
  outputsOfGroup: number,
  inputsOfGroup: number,
): Range => ({
  from: Math.floor(from / outputsOfGroup) * inputsOfGroup,
  to: (Math.floor((to - 1) / outputsOfGroup) + 1) * inputsOfGroup,
});
