// The runner makes the call of one step in the document, and returns its outcome.
async (step) => {
	const patience = 6000;
	const text = (e) => e && e.name ? `${e.name}: ${e.message}` : String(e);
	const result = (outcome, more) => ({ outcome, ...more });
	const failed = (outcome, e) => e === undefined ? { outcome } : { outcome, error: text(e) };
	const present = (options, names) => {
		const out = {};
		for (const name of names) {
			if (options[name] !== undefined && options[name] !== null) out[name] = options[name];
		}
		return out;
	};
	const sorted = (pairs) => pairs.sort(([a, x], [b, y]) => a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0);
	// outcomeOf waits for the outcome that start reports, but not for ever.
	const outcomeOf = (start) => new Promise((resolve) => {
		setTimeout(() => resolve(result("error", { error: "timeout" })), patience);
		try {
			start(resolve);
		} catch (e) {
			resolve(failed("throws", e));
		}
	});

	// withBody makes a Blob or a stream of the body, where the step wants one.
	const withBody = (s, init) => {
		if (init.body !== undefined && s.type !== undefined) init.body = new Blob([init.body], { type: s.type });
		if (init.body !== undefined && s.stream) init.body = new Blob([init.body]).stream();
		return init;
	};

	const doFetch = async (s, resolve) => {
		const init = () => withBody(s, present(s, ["method", "headers", "body", "mode", "credentials", "redirect", "cache", "duplex",
			"keepalive", "referrerPolicy", "targetAddressSpace"]));
		let response;
		try {
			response = await fetch(s.url, init());
		} catch (e) {
			// What the call itself refuses, a Request with the same arguments refuses too.
			try {
				new Request(s.url, init());
			} catch {
				return resolve(failed("throws", e));
			}
			return resolve(failed("error", e));
		}
		const { type, status, url, redirected } = response;
		const seen = { type, status, url, redirected, headers: sorted([...response.headers]), body: "" };
		try {
			seen.body = await response.text();
		} catch (e) {
			seen.bodyError = text(e);
		}
		resolve(result("response", { response: seen }));
	};

	const headersOf = (xhr) => sorted(xhr.getAllResponseHeaders().split("\r\n").filter((line) => line).map((line) => {
		const colon = line.indexOf(":");
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	}));

	const doXHR = (s, resolve) => {
		const xhr = new XMLHttpRequest();
		if (s.sync) throw new Error("the recorder makes no synchronous requests");
		xhr.open(s.method || "GET", s.url);
		if (s.withCredentials) xhr.withCredentials = true;
		for (const [name, value] of s.headers || []) xhr.setRequestHeader(name, value);
		if (s.uploadListener) xhr.upload.addEventListener("progress", () => {});
		xhr.onerror = () => resolve(failed("error"));
		xhr.onload = () => resolve(result("response", {
			response: {
				type: "xhr", status: xhr.status, url: xhr.responseURL, redirected: false,
				headers: headersOf(xhr), body: xhr.responseText,
			},
		}));
		const { body = null } = withBody(s, present(s, ["body"]));
		xhr.send(body);
	};

	const loadFont = (s, resolve) => {
		new FontFace("corsim", `url(${JSON.stringify(s.url)})`).load().then(() => resolve(failed("load")), (e) => resolve(failed("error", e)));
	};

	const loadMedia = (s, media, resolve) => {
		media.preload = "auto";
		media.muted = true;
		media.onloadeddata = () => resolve(failed("load"));
		media.onerror = () => {
			const { code, message } = media.error;
			resolve(result("error", { error: `MediaError ${code}` + (message ? `: ${message}` : "") }));
		};
		media.src = s.url;
		document.body.append(media);
	};

	const doElement = (s, resolve) => {
		if (s.tag === "font") return loadFont(s, resolve);
		const names = { module: "script", stylesheet: "link" };
		const element = document.createElement(names[s.tag] || s.tag);
		if (s.crossorigin !== undefined && s.crossorigin !== null) element.setAttribute("crossorigin", s.crossorigin);
		if (s.tag === "audio" || s.tag === "video") return loadMedia(s, element, resolve);
		element.onload = () => resolve(failed("load"));
		element.onerror = () => resolve(failed("error"));
		if (s.tag === "module") element.type = "module";
		if (s.tag === "stylesheet") {
			element.rel = "stylesheet";
			element.href = s.url;
		} else {
			element.src = s.url;
		}
		(s.tag === "img" ? document.body : document.head).append(element);
	};

	const doEventSource = (s, resolve) => {
		const source = new EventSource(s.url, { withCredentials: !!s.withCredentials });
		source.onopen = () => {
			source.close();
			resolve(failed("open"));
		};
		source.onerror = () => {
			const error = source.readyState === EventSource.CLOSED ? "closed" : "reconnecting";
			source.close();
			resolve(result("error", { error }));
		};
	};

	const doBeacon = (s, resolve) => {
		const sent = navigator.sendBeacon(s.url, new Blob([s.body], { type: s.type }));
		resolve(failed(sent ? "sent" : "refused"));
	};

	const kinds = { fetch: doFetch, xhr: doXHR, element: doElement, eventsource: doEventSource, beacon: doBeacon };
	for (const [kind, start] of Object.entries(kinds)) {
		if (step[kind]) return outcomeOf((resolve) => start(step[kind], resolve));
	}
	throw new Error("unknown kind of step: " + Object.keys(step).join(", "));
}
