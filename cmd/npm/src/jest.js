// A set-up file for Jest: setupFilesAfterEnv: ['corsim/jest'].
import { install, matchers } from './setup.js'

globalThis.expect.extend(matchers)
install()

export { install, matchers }
