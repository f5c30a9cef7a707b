// Packs the package, installs it into an empty folder, and runs the test runners there.
// Usage: node run.mjs [FOLDER]. A folder that has the runners already is used again.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'corsim-npm-'))
const runners = ['vitest@3', 'jsdom@26', 'happy-dom@20', 'jest@30', 'jest-environment-jsdom@30', 'msw@2', 'playwright-core@1.65', 'typescript@5', '@types/node@20']
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

const run = (command, args, env = {}) => {
  console.log('>', command, ...args)
  execFileSync(command, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, CORSIM_PAGE: 'https://myapp.test/', ...env } })
}

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}\n')
execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: 'inherit' })
const packed = readdirSync(folder).find(name => /^corsim-.*\.tgz$/.test(name))
const missing = existsSync(join(folder, 'node_modules/typescript')) && existsSync(join(folder, 'node_modules/@types/node')) ? [] : runners
rmSync(join(folder, 'node_modules/corsim'), { recursive: true, force: true })
run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', ...missing, `./${packed}`])
for (const file of readdirSync(here)) if (file !== 'run.mjs') cpSync(join(here, file), join(folder, file))

// With the types of a page, and with those of Node.js alone.
for (const lib of [['--lib', 'es2023,dom'], ['--lib', 'es2023', '--types', 'node']]) run('npx', ['tsc', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', ...lib, 'types.ts'])
for (const environment of ['node', 'jsdom', 'happy-dom']) run('npx', ['vitest', 'run', '--environment', environment, 'cors'])
run('npx', ['vitest', 'run', 'msw'])
for (const environment of ['node', 'jsdom']) run('npx', ['jest', '--env', environment], { NODE_OPTIONS: '--experimental-vm-modules' })
if (chromium) run('node', ['playwright.mjs', chromium])
else console.log('there is no Chromium: Playwright is left out')
