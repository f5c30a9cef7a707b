// The types of the package, as its users write them. No line runs.
import { createBrowser } from 'corsim'
import { matchers } from 'corsim/vitest'

const browser = createBrowser({ page: 'https://myapp.test/', engine: 'chromium', network: fetch })
createBrowser({ page: new URL('https://myapp.test/'), network: (url, init) => fetch(url, init), onBlocked: cors => console.log(cors.reason, cors.thrown) })
createBrowser({ page: 'https://myapp.test/', network: async () => ({ status: 200, headers: [] }) })
export const response: Promise<Response> = browser.fetch('https://api.test/', { method: 'PUT' })
export const matched: Promise<{ pass: boolean }> = matchers.toBeBlockedByCORS(response, 'allow-origin-missing')
// @ts-expect-error no such engine
createBrowser({ page: 'https://myapp.test/', engine: 'opera' })
// @ts-expect-error no page
createBrowser({})
