/** A message of the file with some of its fields changed. What it leaves out keeps its default, which is its prototype's: a copy of its own fields alone has none. */
export const changedMessage = <M extends object>(message: M, fields: Partial<M>): M =>
  Object.assign(Object.create(Object.getPrototypeOf(message) as object) as M, message, fields);
