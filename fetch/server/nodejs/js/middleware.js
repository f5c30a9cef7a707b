// Models of npm packages whose middleware for Express neither decides about CORS nor
// is a framework. The comment of each says where its behaviour was read.
(function (native) {
	'use strict';

	const pass = () => function middleware(req, res, next) { next(); };
	// making returns a package that is a function which makes a middleware that does
	// nothing that is compared, with further functions of the same kind.
	const making = (...names) => {
		const f = () => pass();
		for (const name of names) f[name] = f;
		f.default = f;
		return f;
	};
	// after returns a package whose middleware calls set with the request and the answer.
	const after = set => {
		const f = options => function middleware(req, res, next) { set(req, res, options); next(); };
		f.default = f;
		return f;
	};
	const noise = () => native.quiet('a logger');

	// vary 1.1.2: the lines that exist come first, and none twice.
	function vary(res, field) {
		if (!res || !res.getHeader || !res.setHeader) throw new TypeError('res argument is required');
		const names = v => String(v).split(',').map(s => s.trim()).filter(Boolean);
		const old = res.getHeader('Vary') || '', text = Array.isArray(old) ? old.join(', ') : String(old);
		let out = text;
		const have = names(text.toLowerCase());
		for (const f of Array.isArray(field) ? field : names(field)) {
			if (have.includes('*') || f === '*') { out = '*'; break; }
			if (have.includes(f.toLowerCase())) continue;
			have.push(f.toLowerCase());
			out = out ? out + ', ' + f : f;
		}
		if (out) res.setHeader('Vary', out);
	}
	vary.append = (header, field) => {
		const all = header.split(',').map(s => s.trim()).filter(Boolean);
		for (const f of [].concat(field)) if (!all.map(s => s.toLowerCase()).includes(f.toLowerCase())) all.push(f);
		return all.join(', ');
	};

	// method-override 3.0.0: a getter of a header adds it to Vary for the methods that
	// it looks at.
	function methodOverride(getter, options) {
		const methods = options && options.methods !== undefined ? options.methods : ['POST'];
		const name = getter || 'X-HTTP-Method-Override';
		const get = typeof name === 'function' ? name : /^x-/i.test(name) ? (req, res) => {
			vary(res, name);
			const h = req.headers[name.toLowerCase()];
			return h ? h.split(',')[0].trim() : undefined;
		} : req => native.require('querystring').parse((req.url.split('?')[1] || '').split('#')[0])[name];
		return function methodOverride(req, res, next) {
			req.originalMethod = req.originalMethod || req.method;
			if (methods && !methods.includes(req.originalMethod)) return next();
			const v = get(req, res), method = Array.isArray(v) ? v[0] : v;
			if (method !== undefined && native.methods.includes(String(method).toUpperCase())) req.method = method.toUpperCase();
			next();
		};
	}

	// serve-favicon 2.5.1: it answers the path /favicon.ico only.
	const favicon = () => function favicon(req, res, next) {
		if (req.url.split('?')[0] !== '/favicon.ico') return next();
		if (req.method !== 'GET' && req.method !== 'HEAD') {
			res.statusCode = req.method === 'OPTIONS' ? 200 : 405;
			res.setHeader('Allow', 'GET, HEAD, OPTIONS');
			res.setHeader('Content-Length', '0');
			return res.end();
		}
		res.setHeader('Content-Type', 'image/x-icon');
		res.end('…');
	};

	// errorhandler 1.5.1 answers every error; it does not touch the headers that are set.
	const errorHandler = () => function errorHandler(err, req, res, next) {
		if (native.isUnknown(err)) native.unsure(err);
		else {
			if (err.statusCode) res.statusCode = err.statusCode;
			if (err.status) res.statusCode = err.status;
		}
		if (res.statusCode < 400) res.statusCode = 500;
		if (res.headersSent) return req.socket.destroy();
		res.setHeader('X-Content-Type-Options', 'nosniff');
		res.setHeader('Content-Type', 'text/html; charset=utf-8');
		res.end('…');
	};

	// Express 5 has only a getter for req.query, so that the packages that set it throw.
	// express-mongo-sanitize 2.2.0 (index.js) and xss-clean 0.1.4 (lib/index.js) are
	// modules in strict mode.
	const setsQuery = (...parts) => {
		const f = () => function middleware(req, res, next) {
			for (const part of parts) if (req[part]) req[part] = req[part];
			next();
		};
		f.sanitize = v => v;
		f.has = () => false;
		f.default = f;
		return f;
	};

	// express-fileupload 1.5.2 and multer 2: they read multipart bodies only. What they
	// read of one is not known.
	const isMultipart = req => /^multipart\//i.test(req.headers['content-type'] || '');
	const files = (req, what) => { if (isMultipart(req)) { req[what] = native.unknown('req.' + what, 'the text does not say it'); req.body = native.unknown('req.body', 'the text does not say it'); } };
	const fileUpload = after(req => files(req, 'files'));
	function multer() {
		const one = what => () => function multerMiddleware(req, res, next) { files(req, what); if (isMultipart(req)) native.unsure(req.body); next(); };
		return { single: one('file'), array: one('files'), fields: one('files'), any: one('files'), none: one('file') };
	}
	multer.diskStorage = multer.memoryStorage = () => ({});
	multer.MulterError = class MulterError extends Error { constructor(code, field) { super(code); this.code = code; this.field = field; } };
	multer.default = multer;

	// swagger-ui-express 5.0.1: serve gives the files of a page, setup answers with it.
	const assets = function serveStatic(req, res, next) {
		const path = req.url.split('?')[0];
		if (req.method !== 'GET' && req.method !== 'HEAD') return next();
		if (path === '/' && !req.originalUrl.split('?')[0].endsWith('/')) return res.redirect(301, req.originalUrl.split('?')[0] + '/');
		if (/^\/(swagger-ui|favicon|index|oauth2-redirect)[\w.-]*\.(js|css|png|map|html)$/.test(path)) return res.end('…');
		next();
	};
	const init = function swaggerInitFn(req, res, next) {
		const path = req.url.split('?')[0];
		if (path.endsWith('/package.json')) return res.sendStatus(404);
		if (path.endsWith('/swagger-ui-init.js')) { res.set('Content-Type', 'application/javascript'); return res.send('…'); }
		next();
	};
	const swaggerUI = {
		serve: [init, assets], serveFiles: () => [init, assets], serveWithOptions: () => [init, assets], generateHTML: () => '…',
		setup: () => function setup(req, res) { res.send('…'); },
	};

	// rate-limiter-flexible 7: a client that has points left goes on.
	class Limiter {
		constructor(...options) { const o = options.find(v => v && v.points) || {}; this.points = o.points; }
		consume() { return Promise.resolve({ remainingPoints: 1, msBeforeNext: 1000, consumedPoints: 1, isFirstInDuration: true }); }
		get() { return Promise.resolve(null); }
		penalty() { return this.consume(); }
		reward() { return this.consume(); }
		block() { return this.consume(); }
		delete() { return Promise.resolve(true); }
	}
	const limiters = {};
	for (const kind of ['Memory', 'Redis', 'Mongo', 'MySQL', 'Postgres', 'Cluster', 'Memcache', 'Union', 'Prisma', 'SQLite', 'DynamoDB', 'Queue']) limiters['RateLimiter' + kind] = Limiter;
	limiters.BurstyRateLimiter = limiters.RLWrapperBlackAndWhite = Limiter;

	// express-slow-down 3.1.0 calls express-rate-limit with a handler that goes on later.
	const slowDown = after(req => { req.slowDown = { limit: 1, used: 1, remaining: 1, current: 1, delay: 0 }; });
	slowDown.slowDown = slowDown;

	// connect-timeout 1.9.1: an answer comes in time, for the clock of the models stands.
	const timeout = after(req => { req.timedout = false; req.clearTimeout = () => {}; });

	// vhost 3.0.2: the host without its port, with "*" for a part, or a regular expression.
	function vhost(host, handle) {
		if (!handle) throw new TypeError('argument handle is required');
		const re = host instanceof RegExp ? new RegExp(host.source, 'i') : new RegExp('^' + String(host).replace(/[-[\]{}()+?.,\\^$|#\s]/g, '\\$&').replace(/\*/g, '([^.]+)') + '$', 'i');
		return function vhost(req, res, next) {
			const name = (req.headers.host || '').replace(/:\d*$/, ''), m = re.exec(name);
			if (!m) return next();
			req.vhost = Object.assign(m.slice(1), { host: req.headers.host, hostname: name, length: m.length - 1 });
			handle(req, res, next);
		};
	}

	// connect-history-api-fallback 2.0.0 rewrites the target of requests for pages.
	function history(options) {
		const o = options || {};
		return function history(req, res, next) {
			const accept = req.headers.accept, path = req.url.split('?')[0];
			if (req.method !== 'GET' && req.method !== 'HEAD' || !accept || accept.startsWith('application/json') || !(o.htmlAcceptHeaders || ['text/html', '*/*']).some(a => accept.includes(a))) return next();
			for (const r of o.rewrites || []) {
				const match = path.match(r.from);
				if (match) { req.url = typeof r.to === 'string' ? r.to : r.to({ parsedUrl: { pathname: path }, match, request: req }); return next(); }
			}
			if (path.lastIndexOf('.') > path.lastIndexOf('/') && o.disableDotRule !== true) return next();
			req.url = o.index || '/index.html';
			next();
		};
	}

	// express-ws 5.0.2 adds app.ws; its routes answer upgrades only.
	function expressWs(app) {
		const ws = function () { return this; };
		app.ws = ws;
		const make = native.require('express').Router;
		return { app, getWss: () => native.quiet('the WebSocket server'), applyTo(router) { router.ws = ws; }, make };
	}

	// express-validator 7.3.2: chains put their results aside; validationResult gives them.
	function chain() {
		const run = function chain(req, res, next) { if (next) next(); };
		const self = new Proxy(run, { get: (f, name) => name === 'run' ? () => Promise.resolve(native.unknown('validationResult()', 'the text does not say whether the request fits')) : name in f || typeof name === 'symbol' ? f[name] : () => self });
		return self;
	}
	const validator = {
		validationResult: Object.assign(() => native.unknown('validationResult()', 'the text does not say whether the request fits'), { withDefaults: () => validator.validationResult }),
		matchedData: () => native.unknown('matchedData()', 'the text does not say it'), checkSchema: () => [chain()], checkExact: chain, oneOf: chain,
	};
	for (const name of ['body', 'check', 'cookie', 'header', 'param', 'query', 'buildCheckFunction']) validator[name] = chain;
	validator.ExpressValidator = class { constructor() { Object.assign(this, validator); } };

	// celebrate 15 and express-openapi-validator 5 answer with an error, or go on.
	const guard = name => () => native.guard(name);

	// response-time 2.3.4, hpp 0.2.3, helmet's parts and loggers: no header of CORS, no
	// Vary, and they always go on.
	const still = {};
	for (const name of ['response-time', 'hpp', 'nocache', 'frameguard', 'hsts', 'ienoopen', 'dont-sniff-mimetype', 'x-xss-protection', 'referrer-policy', 'hide-powered-by', 'helmet-csp', 'express-pino-logger',
		'express-bunyan-logger', 'express-requests-logger', 'express-request-language', 'express-ip', 'express-status-monitor', 'express-prom-bundle', 'connect-busboy', 'express-form-data', 'express-partial-response', 'express-minify',
		'express-minify-html', 'express-boom', 'express-locale', 'express-layouts', 'express-ejs-layouts', 'express-handlebars', 'cls-rtracer', 'express-actuator', 'swagger-stats', 'express-query-parser', 'express-query-boolean', 'express-sanitizer', 'express-expeditious']) still[name] = making('express', 'expressMiddleware', 'getMiddleware', 'mw', 'create', 'engine', 'middleware');

	return {
		...still, vary, 'method-override': methodOverride, 'serve-favicon': favicon, errorhandler: errorHandler,
		'express-mongo-sanitize': setsQuery('body', 'params', 'headers', 'query'), 'xss-clean': setsQuery('body', 'query', 'params'),
		'express-fileupload': fileUpload, multer, 'swagger-ui-express': swaggerUI, 'rate-limiter-flexible': limiters, 'express-slow-down': slowDown,
		'connect-timeout': timeout, vhost, 'connect-history-api-fallback': history, 'express-history-api-fallback': guard('express-history-api-fallback'), 'express-ws': expressWs, 'express-validator': validator,
		celebrate: { celebrate: guard('celebrate'), errors: () => (err, req, res, next) => next(err), Joi: native.quiet('Joi'), Segments: { BODY: 'body', QUERY: 'query', PARAMS: 'params', HEADERS: 'headers', COOKIES: 'cookies' }, isCelebrateError: () => false },
		'express-useragent': Object.assign({ express: after(req => { req.useragent = native.unknown('req.useragent', 'the text does not say it'); }) }, { parse: () => native.unknown('useragent', 'the text does not say it') }),
		'request-ip': { mw: after((req, res, o) => { req[o && o.attributeName || 'clientIp'] = '127.0.0.1'; }), getClientIp: () => '127.0.0.1' },
		'pino-http': Object.assign(after((req, res) => { req.log = res.log = noise(); req.id = req.id || 1; }), { pinoHttp: after(req => { req.log = noise(); }) }),
		'express-request-id': after(req => { req.id = '1'; }), 'express-requestid': after(req => { req.requestId = '1'; }), 'express-correlation-id': after(req => { req.correlationId = () => '1'; }),
		'express-winston': { logger: making(), errorLogger: () => function errorLogger(err, req, res, next) { next(err); }, requestWhitelist: [], responseWhitelist: [], bodyBlacklist: [] },
		i18n: { configure() {}, init: after0((req, res) => { req.__ = res.__ = res.locals.__ = s => s; }), __: s => s, __n: s => s, setLocale() {}, getLocale: () => 'en', I18n: class {} },
		'on-headers': (res, f) => { native.onHeaders(f); }, 'on-finished': Object.assign((res, f) => { res.on('finish', () => f(null, res)); return res; }, { isFinished: res => res.writableEnded }),
		'basic-auth': Object.assign(req => credentials(req.headers.authorization), { parse: credentials }),
		'express-list-endpoints': () => [], 'express-list-routes': () => [], 'express-http-context': { middleware: (req, res, next) => next(), get: () => native.unknown('httpContext.get()', 'the text does not say it'), set() {} },
		'express-openapi-validator': { middleware: guard('express-openapi-validator') },
	};

	// after0 returns a middleware, not a function that makes one.
	function after0(set) { return (req, res, next) => { set(req, res); next(); }; }
	// credentials is basic-auth 2.0.1.
	function credentials(header) {
		const m = /^ *(?:[Bb][Aa][Ss][Ii][Cc]) +([A-Za-z0-9._~+/-]+=*) *$/.exec(header || '');
		const p = m && /^([^:]*):(.*)$/.exec(Buffer.from(m[1], 'base64').toString());
		return p ? { name: p[1], pass: p[2] } : undefined;
	}
})
