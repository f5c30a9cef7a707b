// Models of passport 0.7.0 and of strategies whose refusals are known.
(function (native) {
	'use strict';

	const absent = { failed: { message: 'No auth token' } };

	// A strategy's method check returns what is known about a request: {failed, status}
	// when it refuses it, or nothing when only the strategy can say.
	class Strategy {
		constructor(options, verify) {
			if (typeof options === 'string') { this.name = options; options = verify; }
			this.options = typeof options === 'function' || !options ? {} : options;
		}
		check() { return undefined; }
	}
	// passport-jwt 4.0.1.
	class JwtStrategy extends Strategy {
		constructor(options, verify) {
			super(options, verify);
			this.name = 'jwt';
			if (!options.secretOrKey && !options.secretOrKeyProvider) throw new TypeError('JwtStrategy requires a secret or key');
			if (!verify) throw new TypeError('JwtStrategy requires a verify callback');
			if (!options.jwtFromRequest) throw new TypeError('JwtStrategy requires a function to retrieve jwt from requests (see option jwtFromRequest)');
		}
		check(req) {
			const token = this.options.jwtFromRequest(req);
			if (!token) return absent;
			return !native.isUnknown(token) && native.require('jsonwebtoken').decode(token) === null ? { failed: { message: 'jwt malformed' } } : undefined;
		}
	}
	const scheme = (word, req) => { const m = /(\S+)\s+(\S+)/.exec(req.headers.authorization || ''); return m && m[1].toLowerCase() === word.toLowerCase() ? m[2] : null; };
	const ExtractJwt = {
		fromHeader: name => req => req.headers[name] || null,
		fromBodyField: name => req => req.body && req.body[name] || null,
		fromUrlQueryParameter: name => req => native.require('querystring').parse((req.url.split('?')[1] || ''))[name] || null,
		fromAuthHeaderWithScheme: word => req => scheme(word, req),
		fromAuthHeaderAsBearerToken: () => req => scheme('bearer', req),
		fromExtractors: all => req => { for (const f of all) { const t = f(req); if (t) return t; } return null; },
	};
	// passport-local 1.0.0.
	class LocalStrategy extends Strategy {
		constructor(options, verify) { super(options, verify); this.name = 'local'; }
		check(req, options) {
			const name = this.options.usernameField || 'username', word = this.options.passwordField || 'password', from = key => req.body && req.body[key] || req.query && req.query[key];
			return from(name) && from(word) ? undefined : { failed: { message: options.badRequestMessage || 'Missing credentials' }, status: 400 };
		}
	}
	// passport-http-bearer 1.0.1 and passport-http 0.3.0.
	class BearerStrategy extends Strategy {
		constructor(options, verify) { super(options, verify); this.name = 'bearer'; }
		check(req) { return req.headers.authorization || req.body && req.body.access_token || req.query && req.query.access_token ? undefined : { failed: 'Bearer realm="Users"' }; }
	}
	class BasicStrategy extends Strategy {
		constructor(options, verify) { super(options, verify); this.name = 'basic'; }
		check(req) { return req.headers.authorization ? undefined : { failed: 'Basic realm="Users"' }; }
	}

	const extend = req => {
		const add = (name, f) => { if (!req[name]) req[name] = f; };
		add('login', (user, options, done) => { req.user = user; const f = typeof options === 'function' ? options : done; if (f) f(); });
		add('logIn', req.login);
		add('logout', (options, done) => { req.user = null; const f = typeof options === 'function' ? options : done; if (f) f(); });
		add('logOut', req.logout);
		add('isAuthenticated', () => native.isUnknown(req.user) ? req.user : !!req.user);
		add('isUnauthenticated', () => !req.user);
	};

	class Passport {
		constructor() { this._strategies = {}; this.Passport = this.Authenticator = Passport; this.Strategy = Strategy; this.strategies = {}; }
		use(name, strategy) {
			if (!strategy) { strategy = name; name = native.isUnknown(strategy) ? native.pathOf(strategy) : strategy.name; }
			if (!native.isUnknown(name)) this._strategies[name] = strategy;
			return this;
		}
		unuse(name) { delete this._strategies[name]; return this; }
		framework() { return this; }
		initialize() { return function initialize(req, res, next) { extend(req); next(); }; }
		session() {
			return function authenticate(req, res, next) {
				extend(req);
				if (native.isUnknown(req.session)) req.user = native.unknown('req.user', 'what the server keeps for the cookie is not known');
				next();
			};
		}
		serializeUser() {}
		deserializeUser() {}
		transformAuthInfo() {}
		authorize(name, options, callback) { return this.authenticate(name, options, callback); }
		authenticate(name, options, callback) {
			if (typeof options === 'function' && !native.isUnknown(options)) { callback = options; options = {}; }
			options = options || {};
			const names = Array.isArray(name) ? name : [name], unknown = native.guard('passport.authenticate()');
			const self = this;
			return function authenticate(req, res, next) {
				extend(req);
				const failures = [];
				for (const n of names) {
					const s = native.isUnknown(n) ? n : typeof n === 'object' ? n : self._strategies[n], known = s && !native.isUnknown(s) && s.check ? s.check(req, options) : undefined;
					if (!known) { decide(req, res, next); return; }
					failures.push(known);
				}
				fail(failures, req, res, next);
			};
			function decide(req, res, next) {
				if (!callback) { req.user = native.unknown('req.user', 'who sends the request is not known'); return unknown(req, res, next); }
				callback(null, native.unknown('the user of passport', 'who sends the request is not known'), native.unknown('the info of passport', 'the text does not say it'));
			}
			function fail(failures, req, res, next) {
				const first = failures[0];
				if (callback) return callback(null, false, first.failed, first.status);
				if (options.failureRedirect) return res.redirect(options.failureRedirect);
				res.statusCode = first.status || 401;
				if (options.failWithError) return next(Object.assign(new Error(native.statuses[res.statusCode]), { name: 'AuthenticationError', status: res.statusCode }));
				if (res.statusCode === 401 && typeof first.failed === 'string') res.setHeader('WWW-Authenticate', first.failed);
				res.end(native.statuses[res.statusCode]);
			}
		}
	}
	const passport = new Passport();
	passport.default = passport;
	const local = Object.assign(LocalStrategy, { Strategy: LocalStrategy });
	return { passport, 'passport-jwt': { Strategy: JwtStrategy, ExtractJwt }, 'passport-local': local, 'passport-http-bearer': Object.assign(BearerStrategy, { Strategy: BearerStrategy }), 'passport-http': { BasicStrategy, DigestStrategy: Strategy }, 'passport-strategy': Strategy };
})
