import type { Lacks } from '@patternlens/conformance';
import type { BrowserBackendId } from '@patternlens/page';

/** What backends cannot do in a page, and why. */
export const BROWSER_LACKS: Readonly<Partial<Record<BrowserBackendId, Lacks>>> = {};
