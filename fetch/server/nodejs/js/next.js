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
		static next(init) { return through({ 'x-middleware-next': '1' }, init); }
		static rewrite(url, init) { return through({ 'x-middleware-rewrite': String(url) }, init); }
		get cookies() { return { set() {}, get() {}, delete() {} }; }
	}
	class NextRequest extends Request {}

	// through is a response with which a middleware lets the server go on.
	function through(more, init) {
		const headers = new Headers((init || {}).headers);
		for (const k of Object.keys(more)) headers.set(k, more[k]);
		return new NextResponse(null, { ...init, headers });
	}

	// dress gives a request what NextRequest adds to it.
	function dress(request) {
		const url = () => {
			const u = new URL(request.url);
			Object.defineProperty(u, 'clone', { value: url, enumerable: false });
			return u;
		};
		Object.defineProperty(request, 'nextUrl', { get: url, configurable: true });
		Object.defineProperty(request, 'cookies', { get: () => native.unknown('request.cookies', 'a browser sends them'), configurable: true });
		return request;
	}

	// call gives a request to the functions of a route.
	function call(exported, request, params) {
		const names = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'], name = request.method;
		const implemented = names.filter(n => typeof exported[n] === 'function');
		if (implemented.includes('GET') && !implemented.includes('HEAD')) implemented.push('HEAD');
		const context = { params: native.isUnknown(params) ? params : Object.assign(Promise.resolve(params), params) };
		if (names.includes(name) && typeof exported[name] === 'function') return exported[name](dress(request), context);
		if (name === 'HEAD' && exported.GET) return exported.GET(dress(request), context);
		if (name === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: [...new Set(['OPTIONS', ...implemented])].sort().join(', ') } });
		return new Response(null, { status: names.includes(name) ? 405 : 400 });
	}

	const handler = exported => web.listener(async request => call(exported, request, native.unknown('the parameters of the path', 'they depend on the folder of the file')));
	const pass = (middleware, request) => middleware(dress(request), native.unknown('the event of the middleware', 'the platform gives it'));

	// Packages that wrap the configuration, and add nothing to its header rules.
	const same = config => config, plugin = () => same, withPlugin = { __esModule: true, default: plugin };
	return {
		'next/server': { NextResponse, NextRequest }, handler, call, pass, '@next/bundle-analyzer': plugin, '@next/mdx': plugin, 'next-pwa': plugin,
		'@ducanh2912/next-pwa': withPlugin, 'next-intl/plugin': plugin, '@serwist/next': withPlugin, '@sentry/nextjs': { withSentryConfig: same },
	};
})
