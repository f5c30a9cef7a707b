import type { BrowserOptions } from './index.js'

/** install puts a browser in place of fetch and XMLHttpRequest, and returns the function that takes it away. */
export function install(options?: Partial<BrowserOptions>): () => void

export const matchers: { toBeBlockedByCORS(received: unknown, reason?: string): Promise<{ pass: boolean, message: () => string }> }
