// Answers questions of standard input, one a line, with a WebAssembly module.
// Usage: node answer.mjs engine.js corsim.wasm
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const [engine, program] = process.argv.slice(2)
const { Engine } = await import(pathToFileURL(engine))
const asked = new Engine(new WebAssembly.Module(readFileSync(program)))
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(asked.askText(line) + '\n')
}
