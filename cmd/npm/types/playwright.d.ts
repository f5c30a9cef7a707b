import type { CORSError, Engine, Network, Rule } from './index.js'

export interface Options {
  /** The default is the browser that Playwright runs. */
  engine?: Engine
  /** The credentials mode of the page's calls, which a routed request does not show. */
  credentials?: 'omit' | 'same-origin' | 'include'
  onBlocked?: (cors: CORSError) => void
}

/** playwright returns a handler for page.route() that answers with rules or a network. */
export function playwright(rules: Rule[] | Network, options?: Options): (route: any, request?: any) => Promise<void>
