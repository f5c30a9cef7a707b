import { afterAll, beforeAll, expect, it } from 'vitest'
import { start, tests } from './cors.shared.js'

let api
beforeAll(async () => { api = await start() })
afterAll(() => api.close())
tests(it, expect, () => api)
