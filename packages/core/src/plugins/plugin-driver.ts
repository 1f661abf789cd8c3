import type { Driver } from '../methods/method.js';
import { guarded } from './plugin-errors.js';

/** The driver of a plug-in: what any of its functions throws names the plug-in and the method. */
export function pluginDriver(plugin: string, what: string, driver: Driver): Driver {
  const guard = <A extends readonly unknown[], R>(call: (...args: A) => R): ((...args: A) => R) =>
    guarded(plugin, what, call);
  return {
    ...driver,
    settled: driver.settled && guard(driver.settled),
    prepare: guard((setting) => {
      const familyOf = driver.prepare(setting);
      return guard((sample) => {
        const family = familyOf(sample);
        return {
          size: family.size,
          member: guard((index) => family.member(index)),
          add: guard((result, index) => {
            family.add(result, index);
          }),
          ...(family.more ? { more: guard(() => family.more!()) } : {}),
          finish: guard(() => family.finish()),
        };
      });
    }),
  };
}
