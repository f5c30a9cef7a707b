import 'vitest'
export { install, matchers } from './setup.js'

declare module 'vitest' {
  interface Assertion<T = any> {
    toBeBlockedByCORS(reason?: string): Promise<void>
  }
}
