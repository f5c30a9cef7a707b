// Models of npm packages that say who sends a request. Without credentials, and with
// those that nobody could have signed, their answers are known. Whether other
// credentials are good is not.
(function (native) {
	'use strict';

	// jsonwebtoken 9.0.2.
	class JsonWebTokenError extends Error { constructor(message, error) { super(message); this.name = 'JsonWebTokenError'; if (error) this.inner = error; } }
	class TokenExpiredError extends JsonWebTokenError { constructor(message, at) { super(message); this.name = 'TokenExpiredError'; this.expiredAt = at; } }
	class NotBeforeError extends JsonWebTokenError { constructor(message, at) { super(message); this.name = 'NotBeforeError'; this.date = at; } }
	const shape = /^[a-zA-Z0-9\-_]+?\.[a-zA-Z0-9\-_]+?\.([a-zA-Z0-9\-_]+)?$/;
	// refusal returns the error about a text that is not a token, or null.
	function refusal(token) {
		if (!token) return new JsonWebTokenError('jwt must be provided');
		if (typeof token !== 'string') return new JsonWebTokenError('jwt must be a string');
		if (token.split('.').length !== 3) return new JsonWebTokenError('jwt malformed');
		if (!shape.test(token) || !headerOf(token)) return new JsonWebTokenError('invalid token');
		return null;
	}
	function headerOf(token) {
		try { return JSON.parse(Buffer.from(token.split('.')[0], 'base64').toString()); } catch { return null; }
	}
	const checked = native.unknown("require('jsonwebtoken').verify", 'whether the token is good is not known');
	const jsonwebtoken = {
		verify(token, secret, options, callback) {
			if (typeof options === 'function' && !native.isUnknown(options)) callback = options;
			const err = native.isUnknown(token) ? null : refusal(token);
			if (!callback) { if (err) throw err; return checked(token); }
			if (err) callback(err); else checked(token, callback);
			return undefined;
		},
		decode(token) { return native.isUnknown(token) ? token : refusal(token) ? null : native.unknown('the content of the token', 'the text does not say it'); },
		sign(payload, secret, options, callback) {
			const done = [options, callback].find(f => typeof f === 'function' && !native.isUnknown(f)), token = native.unknown('the signed token', 'the text does not say it');
			if (!done) return token;
			done(null, token);
			return undefined;
		},
		JsonWebTokenError, TokenExpiredError, NotBeforeError,
	};

	// express-jwt 8.5.1 with express-unless 2.1.3.
	class UnauthorizedError extends Error {
		constructor(code, error) { super(error.message); this.name = 'UnauthorizedError'; this.code = code; this.status = 401; this.inner = error; }
	}
	const list = v => v === undefined ? [] : Array.isArray(v) ? v : [v];
	function unless(options) {
		const opts = typeof options === 'function' ? { custom: options } : options, inner = this;
		const fits = (p, path) => typeof p === 'string' ? p === path : p instanceof RegExp ? p.test(path) : !!(p && p.url) && fits(p.url, path);
		const result = async function (req, res, next) {
			const path = ((opts.useOriginalUrl !== false ? req.originalUrl : req.url) || req.url).split(/[?#]/)[0];
			let skip = !!opts.custom && await opts.custom(req);
			skip = skip || list(opts.path).some(p => fits(p, path) && (typeof p === 'string' || p instanceof RegExp || !(p.method || p.methods) || list(p.method || p.methods).includes(req.method)));
			skip = skip || list(opts.ext).some(e => path.endsWith(e)) || list(opts.method).includes(req.method);
			if (skip) return next();
			inner(req, res, next);
		};
		result.unless = unless;
		return result;
	}
	function expressjwt(options) {
		if (!options || !options.secret) throw new RangeError('express-jwt: `secret` is a required option');
		if (!options.algorithms) throw new RangeError('express-jwt: `algorithms` is a required option');
		const required = options.credentialsRequired === undefined ? true : options.credentialsRequired, property = options.requestProperty || 'auth';
		async function tokenOf(req) {
			if (options.getToken) return await options.getToken(req);
			const h = req.headers.authorization;
			if (!h) return undefined;
			const parts = h.split(' ');
			if (parts.length !== 2) throw new UnauthorizedError('credentials_bad_format', { message: 'Format is Authorization: Bearer [token]' });
			if (/^Bearer$/i.test(parts[0])) return parts[1];
			if (required) throw new UnauthorizedError('credentials_bad_scheme', { message: 'Format is Authorization: Bearer [token]' });
			return undefined;
		}
		const middleware = async function (req, res, next) {
			try {
				const asked = req.headers['access-control-request-headers'];
				if (req.method === 'OPTIONS' && asked !== undefined && asked.split(',').some(h => h.trim().toLowerCase() === 'authorization')) { setImmediate(next); return; }
				const token = await tokenOf(req);
				if (!token) {
					if (required) throw new UnauthorizedError('credentials_required', { message: 'No authorization token was found' });
					return next();
				}
				const err = native.isUnknown(token) ? null : refusal(token);
				if (err) throw new UnauthorizedError('invalid_token', err);
				if (native.maybe(checked, 'is not good', true)) throw new UnauthorizedError('invalid_token', new JsonWebTokenError('invalid signature'));
				req[property] = native.unknown('req.' + property, 'the text does not say who sends the request');
			} catch (err) { return next(err); }
			setImmediate(next);
		};
		middleware.unless = unless;
		return middleware;
	}
	expressjwt.expressjwt = expressjwt;
	expressjwt.UnauthorizedError = UnauthorizedError;
	expressjwt.default = expressjwt;

	// express-basic-auth 1.2.1.
	function basicAuth(options) {
		const result = v => typeof v === 'function' ? v : () => v, body = result(options.unauthorizedResponse === undefined ? '' : options.unauthorizedResponse), realm = result(options.realm);
		const users = options.users || {}, authorizer = options.authorizer || ((name, word) => Object.keys(users).some(u => u === name && users[u] === word));
		return function authMiddleware(req, res, next) {
			const given = native.require('basic-auth')(req);
			const refuse = () => {
				if (options.challenge) res.set('WWW-Authenticate', 'Basic' + (realm(req) ? ' realm="' + realm(req) + '"' : ''));
				const text = body(req);
				return typeof text === 'string' ? res.status(401).send(text) : res.status(401).json(text);
			};
			if (!given) return refuse();
			req.auth = { user: given.name, password: given.pass };
			if (options.authorizeAsync) return authorizer(given.name, given.pass, (err, ok) => ok ? next() : refuse());
			if (!authorizer(given.name, given.pass)) return refuse();
			next();
		};
	}
	basicAuth.safeCompare = (a, b) => a === b;

	// express-session 1.19.0: a request without its signed cookie has a new session. What
	// the server keeps for a cookie is not known.
	class Session {
		constructor(req) { Object.defineProperty(this, 'req', { value: req }); this.id = '1'; this.cookie = { maxAge: null, originalMaxAge: null, httpOnly: true, path: '/' }; }
		touch() { return this; }
		resetMaxAge() { return this; }
		save(f) { if (f) setImmediate(f); return this; }
		reload(f) { setImmediate(f); return this; }
		destroy(f) { delete this.req.session; if (f) setImmediate(f); return this; }
		regenerate(f) { this.req.session = new Session(this.req); setImmediate(f); return this; }
	}
	const sent = (req, name) => (req.headers.cookie || '').split(';').map(s => s.trim()).find(s => s.startsWith(name + '='));
	const kept = (req, name, signed) => { const c = sent(req, name); return !!c && (!signed || /^s(:|%3a)/i.test(c.slice(name.length + 1))); };
	function session(options) {
		const o = options || {}, name = o.name || o.key || 'connect.sid';
		if (!native.isUnknown(o) && Array.isArray(o.secret) && o.secret.length === 0) throw new TypeError('secret option array must contain one or more strings');
		return function session(req, res, next) {
			if (req.session) return next();
			if (!o.secret && !req.secret) return next(new Error('secret option required for sessions'));
			req.sessionStore = native.quiet('the store of sessions');
			req.sessionID = '1';
			req.session = native.isUnknown(name) || kept(req, name, true) ? native.unknown('req.session', 'what the server keeps for the cookie is not known') : new Session(req);
			next();
		};
	}
	session.Session = Session;
	session.Store = class Store { on() { return this; } };
	session.MemoryStore = class MemoryStore extends session.Store {};
	session.Cookie = class Cookie {};

	// cookie-session 2.1.1.
	function cookieSession(options) {
		const o = options || {}, name = o.name || 'session';
		if (!o.keys && !o.secret && o.signed !== false) throw new Error('.keys required.');
		return function _cookieSession(req, res, next) {
			req.sessionOptions = { ...o };
			if (!req.session) req.session = kept(req, name, false) && sent(req, name + '.sig') ? native.unknown('req.session', 'what the cookie holds is not known') : { isNew: true };
			next();
		};
	}

	// connect-flash 0.1.1.
	const flash = () => function (req, res, next) {
		if (req.flash) return next();
		req.flash = (type, message) => {
			if (req.session === undefined) throw new Error('req.flash() requires sessions');
			if (native.isUnknown(req.session)) return req.session;
			const all = req.session.flash = req.session.flash || {};
			if (type && message) return (all[type] = (all[type] || []).concat(message)).length;
			if (type) { const out = all[type] || []; delete all[type]; return out; }
			req.session.flash = {};
			return all;
		};
		next();
	};

	// csurf 1.11.0: a request that changes something needs the secret and a token of it.
	function csurf(options) {
		const o = options || {}, ignored = (o.ignoreMethods || ['GET', 'HEAD', 'OPTIONS']).map(m => m.toUpperCase());
		const cookie = o.cookie === true || o.cookie && typeof o.cookie === 'object' ? { key: '_csrf', ...(o.cookie === true ? {} : o.cookie) } : undefined;
		const value = o.value || (req => req.body && req.body._csrf || req.query && req.query._csrf || req.headers['csrf-token'] || req.headers['xsrf-token'] || req.headers['x-csrf-token'] || req.headers['x-xsrf-token']);
		return function csrf(req, res, next) {
			const bag = cookie ? cookie.signed ? req.signedCookies : req.cookies : req[o.sessionKey || 'session'];
			if (!bag) return next(new Error('misconfigured csrf'));
			req.csrfToken = () => native.unknown('req.csrfToken()', 'the text does not say it');
			if (ignored.includes(req.method)) return next();
			const token = value(req), secret = native.isUnknown(bag) ? bag : bag[cookie ? cookie.key : 'csrfSecret'];
			if (!secret || !token || native.maybe(checked, 'is not the token of csurf', true)) return next(Object.assign(new Error('invalid csrf token'), { name: 'ForbiddenError', status: 403, statusCode: 403, expose: true, code: 'EBADCSRFTOKEN' }));
			next();
		};
	}

	jsonwebtoken.default = jsonwebtoken;
	for (const f of [basicAuth, session, cookieSession, flash, csurf]) f.default = f;
	return { jsonwebtoken, 'express-jwt': expressjwt, 'express-unless': { unless }, 'express-basic-auth': basicAuth, 'express-session': session, 'cookie-session': cookieSession, 'connect-flash': flash, csurf };
})
