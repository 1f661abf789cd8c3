/** Takes a lock that is held as long as this worker lives, and says its name. Not all browsers and pages have locks. */
export function liveLock(tell: (name: string) => void): void {
  const { locks } = navigator as Partial<Navigator>;
  const name = `alive ${Math.random()} ${performance.now()}`;
  locks
    ?.request(name, () => {
      tell(name);
      return new Promise(() => undefined);
    })
    .catch(() => undefined);
}

/** Calls back once whoever holds a lock is gone, however that ended: browsers tell a page only of some of the ways. */
export function whenFree(name: string, then: () => void): void {
  navigator.locks.request(name, then).catch(() => undefined);
}
