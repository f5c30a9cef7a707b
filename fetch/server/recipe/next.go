package recipe

// next is the configuration of Next.js: a proxy (before version 16: a middleware),
// which sees all requests before the routes. Headers in next.config.js are the same
// for each origin, and do not answer preflights of pages/api.
var next = form{
	name: "Next.js", versions: "Next.js 13 and later", comment: "//", item: "'_'", separator: ", ",
	aliases: []string{"nextjs", "next.js"},
	text: `
|// the file proxy.js beside the folder app or pages (before Next.js 16: middleware.js);
|// only for some paths: export const config = { matcher: '/api/:path*' };
|import { NextResponse } from 'next/server';
|
l|const allowed = [{origins}];
l|
|export default function proxy(request) {
l|  const origin = request.headers.get('origin');
m|  const preflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
m|  const response = preflight ? new NextResponse(null, { status: 204 }) : NextResponse.next();
s|  const response = NextResponse.next();
l|  response.headers.append('Vary', 'Origin');
l|  if (allowed.includes(origin)) {
l|    response.headers.set('Access-Control-Allow-Origin', origin);
lc|    response.headers.set('Access-Control-Allow-Credentials', 'true');
l|  }
a|  response.headers.set('Access-Control-Allow-Origin', '*');
e|  response.headers.set('Access-Control-Expose-Headers', '{exposed-values}');
m|  if (preflight) {
m|    response.headers.set('Access-Control-Allow-Methods', '{method-values}');
mh|    response.headers.set('Access-Control-Allow-Headers', '{header-values}');
mx|    response.headers.set('Access-Control-Max-Age', '{max-age}');
m|  }
|  return response;
|}
`,
}
