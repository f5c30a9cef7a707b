// Models of platforms that call functions: AWS Lambda behind an API, Cloud Functions,
// Deno and Bun; and socket.io, which answers on a server of its user.
(function (native, web) {
	'use strict';

	const served = (f, answer) => { native.server(f, answer); return f; };

	// lambda returns what answers for a function (event, context, callback). The event
	// has the fields of both versions of the payload of Amazon API Gateway.
	function lambda(f) {
		return (req, res) => {
			const [path, query] = req.url.split('?'), headers = {}, text = native.body(), params = native.require('querystring').parse(query || '');
			for (const name of Object.keys(req.headers)) {
				headers[name] = req.headers[name];
				Object.defineProperty(headers, name.replace(/(^|-)[a-z]/g, c => c.toUpperCase()), { value: req.headers[name], enumerable: false });
			}
			const event = {
				version: '2.0', routeKey: '$default', resource: path, path, rawPath: path, rawQueryString: query || '', httpMethod: req.method, headers, multiValueHeaders: {}, body: text === '' ? null : text, isBase64Encoded: false,
				queryStringParameters: query ? params : null, pathParameters: native.unknown('event.pathParameters', 'the routes of the API give it'), stageVariables: null,
				requestContext: { http: { method: req.method, path, sourceIp: '127.0.0.1', userAgent: req.headers['user-agent'] }, httpMethod: req.method, path, identity: { sourceIp: '127.0.0.1' }, stage: '$default' },
			};
			const crash = err => {
				native.unsure(native.isUnknown(err) ? err : native.unknown('the status of an error', 'it depends on the kind of the API'));
				res.statusCode = 500;
				res.end();
			};
			const answer = r => {
				if (native.stops()) return;
				if (native.isUnknown(r)) { native.failAbout(r); return; }
				if (r === null || r === undefined || typeof r !== 'object' || r.statusCode === undefined) { res.statusCode = 200; res.end('…'); return; }
				res.statusCode = native.isUnknown(r.statusCode) ? r.statusCode : Number(r.statusCode);
				for (const all of [r.headers, r.multiValueHeaders]) {
					if (native.isUnknown(all)) { native.failAbout(all); return; }
					for (const name of Object.keys(all || {})) res.setHeader(name, typeof all[name] === 'boolean' || typeof all[name] === 'number' ? String(all[name]) : all[name]);
				}
				res.end(native.isUnknown(r.body) || typeof r.body !== 'string' ? '…' : r.body);
			};
			let called;
			try { called = f(event, native.unknown('context', 'the platform gives it'), (err, r) => { if (err) crash(err); else answer(r); }); } catch (err) { crash(err); return; }
			if (native.isUnknown(called)) answer(called);
			else if (called && typeof called.then === 'function') called.then(answer, crash);
		};
	}

	// firebase-functions 6: onRequest answers with a function (req, res) or an Express
	// application; its option cors stands for package cors before that. A callable
	// function answers with cors({ origin: true, methods: 'POST' }).
	const cors = options => native.require('cors')(options);
	function onRequest(options, f) {
		if (f === undefined) { f = options; options = {}; }
		let origin = native.isUnknown(options) ? undefined : options.cors;
		if (!native.isUnknown(origin) && Array.isArray(origin) && origin.length === 1) origin = origin[0];
		const before = !native.isUnknown(options) && 'cors' in options ? cors({ origin }) : null;
		return served((req, res) => f(req, res), (req, res) => {
			native.platform(req);
			if (before) before(req, res, () => f(req, res)); else f(req, res);
		});
	}
	function onCall(options, f) {
		const given = f !== undefined && !native.isUnknown(options) && options.cors !== undefined ? options.cors : true, before = cors({ origin: given, methods: 'POST' });
		return served(() => {}, (req, res) => before(req, res, () => { native.unsure(native.unknown('what the callable function answers', 'it depends on its data')); res.statusCode = 200; res.end('…'); }));
	}
	class HttpsError extends Error { constructor(code, message) { super(message); this.code = code; } }
	const https = { onRequest, onCall, HttpsError };
	const firebase = native.quiet("require('firebase-functions')");
	firebase.https = https;
	firebase.logger = native.quiet('logger');
	firebase.config = () => native.unknown('functions.config()', 'the platform gives it');
	firebase.runWith = firebase.region = () => firebase;
	const framework = { http: (name, f) => { onRequest(f); }, cloudEvent() {} };

	// Deno.serve and Bun.serve.
	const listener = f => web.listener(f, () => native.unknown('what the platform gives', ''));
	const serve = (...args) => {
		const f = args.find(a => typeof a === 'function' && !native.isUnknown(a)) || args.map(a => a && (a.handler || a.fetch)).find(Boolean), server = {};
		native.server(server, listener(f));
		return Object.assign(server, { finished: new Promise(() => {}), shutdown() {}, stop() {}, port: 3000, hostname: 'localhost', url: new URL('http://localhost:3000') });
	};
	const Deno = native.quiet('Deno'), Bun = native.quiet('Bun');
	Deno.serve = serve;
	Deno.env = { get: name => process.env[name], toObject: () => process.env, has: name => process.env[name] !== undefined };
	Bun.serve = serve;
	Bun.env = process.env;
	const addEventListener = (name, f) => {
		if (name === 'fetch') native.server({}, listener(request => new Promise((ok, no) => f({ request, respondWith: r => Promise.resolve(r).then(ok, no), waitUntil() {}, passThroughOnException() {} }))));
	};

	// socket.io 4.8 with engine.io 6: what begins with its path is answered by it, first
	// by package cors with its option cors, the rest goes to the server.
	function attach(server, options) {
		const o = native.isUnknown(options) || !options ? {} : options, path = native.isUnknown(o.path) || !o.path ? '/socket.io/' : o.path.replace(/\/?$/, '/');
		const before = native.isUnknown(options) ? (req, res, next) => native.failAbout(options) : o.cors ? cors(o.cors) : (req, res, next) => next();
		native.attach(server, path, (req, res) => before(req, res, () => {
			const query = native.require('querystring').parse(req.url.split('?')[1] || '');
			const file = /^\/socket\.io(?:\.msgpack|\.esm)?(?:\.min)?\.js(?:\.map)?$/.test('/' + req.url.slice(path.length).split('?')[0]);
			const opens = req.method === 'GET' && query.transport === 'polling' && (query.EIO === '4' || query.EIO === '3' && o.allowEIO3) && query.sid === undefined;
			res.writeHead(file || opens ? 200 : 400, { 'Content-Type': 'application/json' });
			res.end('…');
		}));
	}
	function Server(server, options) {
		const io = native.quiet('io');
		if (!native.isUnknown(server) && server && typeof server === 'object' && !native.isServer(server)) { options = server; server = undefined; }
		if (native.isServer(server)) attach(server, options);
		io.attach = io.listen = (s, more) => { if (native.isServer(s)) attach(s, more || options); return io; };
		return io;
	}
	const socketio = Object.assign((s, o) => Server(s, o), { Server, listen: (s, o) => Server(s, o), Socket: class {}, Namespace: class {} });

	return {
		lambda, listener, globals: { Deno, Bun, addEventListener }, 'firebase-functions': firebase, 'firebase-functions/v1': firebase, 'firebase-functions/v2': firebase, 'firebase-functions/v2/https': https, 'firebase-functions/https': https,
		'@google-cloud/functions-framework': framework, 'socket.io': socketio, 'https://deno.land/std/http/server.ts': { serve },
	};
})
