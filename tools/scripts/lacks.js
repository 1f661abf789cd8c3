// What backends cannot do, by their ids, with reasons: entries as `checkCase` of @patternlens/conformance takes them.
const lacks = {};

export const lacksOf = (id) => lacks[id] ?? [];
