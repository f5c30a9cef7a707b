// The route handlers of Next.js: functions named after methods that take a Request
// and return a Response.
(function (native, web) {
	'use strict';
	const { Headers, Request, Response } = web;

	class NextResponse extends Response {
		static json(data, init = {}) {
			const headers = new Headers(init.headers);
			if (!headers.has('content-type')) headers.set('content-type', 'application/json');
			return new NextResponse(JSON.stringify(data), { ...init, headers });
		}
		static redirect(url, init) {
			const options = typeof init === 'object' && init !== null ? init : {}, headers = new Headers(options.headers);
			headers.set('Location', String(url));
			return new NextResponse(null, { ...options, status: typeof init === 'number' ? init : options.status || 307, headers });
		}
		static next(init) { return new NextResponse(null, init); }
		get cookies() { return { set() {}, get() {}, delete() {} }; }
	}
	class NextRequest extends Request {}

	// handler returns what answers the requests of one route.
	function handler(exported) {
		const names = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'];
		const implemented = names.filter(name => typeof exported[name] === 'function');
		if (implemented.includes('GET') && !implemented.includes('HEAD')) implemented.push('HEAD');
		const allow = [...new Set(['OPTIONS', ...implemented])].sort().join(', ');
		return web.listener(async request => {
			Object.defineProperty(request, 'nextUrl', { get: () => new URL(request.url) });
			Object.defineProperty(request, 'cookies', { get: () => native.unknown('request.cookies', 'a browser sends them') });
			const name = request.method;
			if (typeof exported[name] === 'function') return exported[name](request, { params: native.unknown('the parameters of the path', 'they depend on the folder of the file') });
			if (name === 'HEAD' && exported.GET) return exported.GET(request, { params: {} });
			if (name === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: allow } });
			return new Response(null, { status: names.includes(name) ? 405 : 400 });
		});
	}

	return { 'next/server': { NextResponse, NextRequest }, handler };
})
