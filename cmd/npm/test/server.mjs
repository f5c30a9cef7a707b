import http from 'node:http'

/** serve starts a server on the loopback interface. answer is (method, path) => {status, headers, body}. */
export const serve = async answer => {
  const asked = []
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.origin ?? '-'}`)
    const { status = 200, headers = {}, body = '' } = answer(request.method, request.url, request)
    response.writeHead(status, headers)
    response.end(body)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() }
}
