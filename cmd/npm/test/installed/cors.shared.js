// The same tests in each runner and environment. `it` and `expect` are those of the runner.
import http from 'node:http'

const answers = {
  '/open': { headers: { 'Access-Control-Allow-Origin': '*', 'X-Hidden': '1' }, body: 'open' },
  '/shut': { headers: {}, body: 'shut' },
}

export const start = async () => {
  const server = http.createServer((request, response) => {
    const { headers, body } = answers[request.url]
    response.writeHead(200, headers)
    response.end(body)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

const xhr = url => new Promise(resolve => {
  const request = new XMLHttpRequest()
  request.open('GET', url)
  request.onload = () => resolve(`loaded ${request.responseText}`)
  request.onerror = () => resolve(`failed ${request.cors.reason}`)
  request.send()
})

export const tests = (it, expect, api) => {
  it('reads what the server shares', async () => {
    const response = await fetch(`${api().url}/open`)
    expect(await response.text()).toBe('open')
    expect(response.type).toBe('cors')
    expect(response.headers.get('x-hidden')).toBe(null)
  })
  it('does not read what the server does not share', async () => {
    await expect(fetch(`${api().url}/shut`)).rejects.toThrow('Failed to fetch')
    await expect(fetch(`${api().url}/shut`)).toBeBlockedByCORS('allow-origin-missing')
    await expect(fetch(`${api().url}/open`)).not.toBeBlockedByCORS()
  })
  it('sends a preflight for a PUT', async () => {
    await expect(fetch(`${api().url}/open`, { method: 'PUT', body: '{}' })).toBeBlockedByCORS('method-not-allowed')
  })
  it('has an XMLHttpRequest', async () => {
    expect(await xhr(`${api().url}/open`)).toBe('loaded open')
    expect(await xhr(`${api().url}/shut`)).toBe('failed allow-origin-missing')
  })
}
