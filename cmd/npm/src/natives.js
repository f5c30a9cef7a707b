// The classes of the Fetch Standard, as the environment has them. An environment
// without them, such as jest-environment-jsdom, gets those of Node.js.
import { runInThisContext } from 'node:vm'

/** @param {string} name such as 'Response' */
export const native = name => globalThis[name] ?? runInThisContext(name)

/** latin1 returns bytes as a text with one code point a byte, and bytes returns them. */
export const latin1 = data => Buffer.from(data).toString('latin1')
export const bytes = text => new Uint8Array(Buffer.from(text, 'latin1'))
