import { defineConfig } from 'vitest/config'

const location = { jsdom: { url: 'https://myapp.test/' }, happyDOM: { url: 'https://myapp.test/' } }

export default defineConfig({
  test: { include: ['*.vitest.js'], setupFiles: ['corsim/vitest'], environmentOptions: location },
})
