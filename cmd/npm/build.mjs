// Builds dist: the WebAssembly module, which needs Go, and the engine that runs it.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const tree = join(here, '../..')
mkdirSync(join(here, 'dist'), { recursive: true })

execFileSync('go', ['run', './cmd/corsim-wasm/build', '-o', join(here, 'dist/corsim.wasm')], { cwd: tree, stdio: 'inherit' })

// Test environments replace or lack these globals. In Node.js its modules have them.
const globals = `import { webcrypto as crypto } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { TextDecoder, TextEncoder } from 'node:util'

`
writeFileSync(join(here, 'dist/engine.js'), globals + readFileSync(join(tree, 'docs/play/engine.js'), 'utf8'))
copyFileSync(join(tree, 'LICENSE'), join(here, 'LICENSE'))
