export { install, matchers } from './setup.js'

declare global {
  namespace jest {
    interface Matchers<R> {
      toBeBlockedByCORS(reason?: string): Promise<void>
    }
  }
}
