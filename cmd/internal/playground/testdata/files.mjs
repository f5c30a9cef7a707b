import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { extname, join } from 'node:path'

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.jsonl': 'text/plain', '.wasm': 'application/wasm' }

/** serve serves the files of a folder on a port of this machine. */
export const serve = async folder => {
  const server = http.createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname
    try {
      const data = await readFile(join(folder, path === '/' ? 'index.html' : path))
      response.writeHead(200, { 'Content-Type': kinds[extname(path) || '.html'] }).end(data)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise(resolve => {
    server.close(resolve)
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${server.address().port}/`, close }
}
