import type { BrowserOptions } from './index.js'

/** listen starts an MSW server and puts a browser in front of it, and returns the function that ends both. */
export function listen(server: { listen(options?: object): void, close(): void }, options?: Partial<BrowserOptions> & { msw?: object }): () => void
