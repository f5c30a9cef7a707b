// A set-up file for Vitest: setupFiles: ['corsim/vitest'].
import { expect } from 'vitest'
import { install, matchers } from './setup.js'

expect.extend(matchers)
install()

export { install, matchers }
