import { createServer } from 'node:http'

const allowed = new Set(['https://myapp.com'])
createServer((request, response) => {
  if (allowed.has(request.headers.origin)) response.setHeader('Access-Control-Allow-Origin', request.headers.origin)
  response.setHeader('Vary', 'Origin')
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { 'Access-Control-Allow-Methods': 'GET, PUT', 'Access-Control-Allow-Headers': 'content-type' }).end()
    return
  }
  response.end('{}')
}).listen(8080)
