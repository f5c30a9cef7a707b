// The runner makes the call of one step in the document, or in its worker, and returns its outcome.
async (step, options) => {
	const patience = options.patience;
	const text = (e) => {
		// Firefox says where in the runner an exception of its own arose.
		if (String(e).startsWith("[Exception")) return String(e).replace(/location: "[^"]*"/, 'location: "{…}"');
		return e && e.name ? `${e.name}: ${e.message}` : String(e);
	};
	const result = (outcome, more) => ({ outcome, ...more });
	const failed = (outcome, e) => e === undefined ? { outcome } : { outcome, error: text(e) };
	const given = (value) => value !== undefined && value !== null;
	const present = (options, names) => {
		const out = {};
		for (const name of names) {
			if (given(options[name])) out[name] = options[name];
		}
		return out;
	};
	const sorted = (pairs) => pairs.sort(([a, x], [b, y]) => a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0);
	const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
	// outcomeOf waits for the outcome that start reports, but not for ever.
	const outcomeOf = (start) => new Promise((resolve) => {
		setTimeout(() => resolve(result("error", { error: "timeout" })), patience);
		try {
			const promise = start(resolve);
			if (promise) promise.catch((e) => resolve(failed("throws", e)));
		} catch (e) {
			resolve(failed("throws", e));
		}
	});

	const encoded = (body) => new TextEncoder().encode(body);
	const formData = (body) => {
		const out = new FormData();
		for (const [name, value] of new URLSearchParams(body)) out.append(name, value);
		return out;
	};
	const streamOf = (body) => new ReadableStream({
		start(controller) {
			controller.enqueue(encoded(body));
			controller.close();
		},
	});
	const blobOf = (body, type) => new Blob([body], given(type) ? { type } : {});
	const bodies = {
		string: (body) => body, blob: (body, type) => blobOf(body, type), urlsearchparams: (body) => new URLSearchParams(body), formdata: formData,
		arraybuffer: (body) => encoded(body).buffer, stream: streamOf,
	};
	// bodyOf returns what script makes of the body of a step.
	const bodyOf = (s) => {
		if (s.bodyType) return bodies[s.bodyType](s.body, s.blobType);
		if (s.stream) return new Blob([s.body]).stream();
		return given(s.type) ? blobOf(s.body, s.type) : s.body;
	};

	const doFetch = async (s, resolve) => {
		const init = () => {
			const out = present(s, ["method", "headers", "mode", "credentials", "redirect", "cache", "duplex", "keepalive", "referrer", "referrerPolicy",
				"targetAddressSpace", "integrity"]);
			if (given(s.body)) out.body = bodyOf(s);
			if (s.bodyType === "stream" && !out.duplex) out.duplex = "half";
			return out;
		};
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

	// inWorker makes the call in the worker of the document, which starts with the first one.
	const inWorker = async (step, resolve) => {
		try {
			window.corsimWorker ??= new Worker(new URL("/__oracle/worker.js", location.href));
		} catch (e) {
			return resolve(result("throws", { error: "worker: " + text(e) }));
		}
		window.corsimWorker.onerror = () => resolve(result("throws", { error: "worker: did not start" }));
		window.corsimWorker.onmessage = (e) => resolve(e.data);
		window.corsimWorker.postMessage([step, options]);
	};

	const headersOf = (xhr) => sorted(xhr.getAllResponseHeaders().split("\r\n").filter((line) => line).map((line) => {
		const colon = line.indexOf(":");
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	}));
	// textOf returns the response of an XMLHttpRequest as a text; null where it is null.
	const textOf = async (xhr) => {
		const { response } = xhr;
		if (response === null) return null;
		switch (xhr.responseType) {
			case "json": return JSON.stringify(response);
			case "document": return new XMLSerializer().serializeToString(response);
			case "arraybuffer": return new TextDecoder().decode(response);
			case "blob": return response.text();
		}
		return response;
	};
	const loaded = async (xhr, resolve) => {
		const seen = { type: "xhr", status: xhr.status, url: xhr.responseURL, redirected: false, headers: headersOf(xhr), body: "" };
		const body = await textOf(xhr);
		if (body === null) seen.bodyError = "null";
		else seen.body = body;
		resolve(result("response", { response: seen }));
	};
	const doXHR = (s, resolve) => {
		const xhr = new XMLHttpRequest();
		xhr.open(s.method || "GET", s.url, !s.sync);
		if (s.responseType) xhr.responseType = s.responseType;
		if (s.timeout) xhr.timeout = s.timeout;
		if (s.withCredentials) xhr.withCredentials = true;
		for (const [name, value] of s.headers || []) xhr.setRequestHeader(name, value);
		if (s.uploadListener) xhr.upload.addEventListener("progress", () => {});
		const body = given(s.body) ? bodyOf(s) : null;
		if (!s.sync) {
			xhr.onerror = () => resolve(failed("error"));
			xhr.onload = () => loaded(xhr, resolve);
			xhr.ontimeout = () => resolve(failed("timeout"));
			xhr.send(body);
			return;
		}
		try {
			xhr.send(body);
		} catch (e) {
			return resolve(failed(e.name === "NetworkError" ? "error" : "throws", e));
		}
		if (xhr.status === 0) return resolve(result("error", { error: "timeout" })); // no event comes
		return loaded(xhr, resolve);
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

	// attributes sets the attributes that a step has.
	const attributes = (element, s, names) => {
		for (const name of names) {
			if (given(s[name])) element.setAttribute(name, s[name]);
		}
		return element;
	};

	// canRead says whether the pixels of an image can be read.
	const canRead = (image) => {
		const canvas = document.createElement("canvas");
		canvas.width = canvas.height = 1;
		canvas.getContext("2d").drawImage(image, 0, 0);
		try {
			canvas.toDataURL();
			return { readable: true };
		} catch (e) {
			return { readable: false, readError: text(e) };
		}
	};

	// frameReadable says whether script can reach the document of a frame.
	const frameReadable = (frame) => {
		try {
			return !!frame.contentDocument && frame.contentDocument.URL !== "about:blank";
		} catch {
			return false;
		}
	};

	const doFrame = (s, resolve) => {
		const frame = attributes(document.createElement("iframe"), s, ["sandbox", "allow", "referrerPolicy"]);
		const done = (more) => resolve(result("load", { readable: frameReadable(frame), ...more }));
		if (s.message) {
			window.addEventListener("message", (e) => {
				if (e.source === frame.contentWindow) done({ message: String(e.data) });
			});
			setTimeout(done, options.message);
		}
		frame.onload = () => s.message ? setTimeout(done, options.messageAfterLoad) : done();
		frame.onerror = () => resolve(failed("error"));
		frame.src = s.url;
		document.body.append(frame);
	};

	const doForm = (s, resolve) => {
		const frame = document.createElement("iframe");
		frame.name = `corsim${document.querySelectorAll("iframe").length}`;
		document.body.append(frame);
		const form = attributes(document.createElement("form"), s, ["method", "enctype"]);
		form.action = s.url;
		form.target = frame.name;
		for (const [name, value] of s.fields || []) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
		document.body.append(form);
		const isBlank = () => {
			try {
				return frame.contentWindow.location.href === "about:blank";
			} catch {
				return false;
			}
		};
		frame.onload = () => isBlank() || resolve(result("load", { readable: frameReadable(frame) }));
		setTimeout(() => resolve(result("error", { error: "the frame did not load" })), options.form);
		form.submit();
	};

	const doPreload = (s, resolve) => {
		const link = attributes(document.createElement("link"), s, ["as", "crossorigin", "referrerPolicy"]);
		link.rel = "preload";
		link.onload = () => resolve(failed("load"));
		link.onerror = () => resolve(failed("error"));
		link.href = s.url;
		document.head.append(link);
	};

	const doStyle = async (s, resolve) => {
		const box = document.createElement("div");
		box.style.cssText = "width: 20px; height: 20px; float: left; display: list-item; border: 5px solid";
		for (const property of [s.property, "-webkit-" + s.property]) box.style.setProperty(property, `url(${JSON.stringify(s.url)})`);
		document.body.append(box);
		box.getBoundingClientRect();
		await later(options.style);
		resolve(failed("styled"));
	};

	const loadTrack = (s, resolve) => {
		const media = attributes(document.createElement("video"), s, ["crossorigin"]);
		const track = document.createElement("track");
		track.onload = () => resolve(failed("load"));
		track.onerror = () => resolve(failed("error"));
		track.src = s.url;
		media.append(track);
		document.body.append(media);
		track.track.mode = "hidden";
	};

	const elements = { iframe: doFrame, font: loadFont, track: loadTrack, "link-preload": doPreload, "css-image": doStyle };
	const doElement = (s, resolve) => {
		if (elements[s.tag]) return elements[s.tag](s, resolve);
		const names = { module: "script", stylesheet: "link" };
		const element = attributes(document.createElement(names[s.tag] || s.tag), s, ["crossorigin", "referrerPolicy", "integrity"]);
		if (s.tag === "audio" || s.tag === "video") return loadMedia(s, element, resolve);
		element.onload = () => resolve(result("load", s.canvas ? canRead(element) : {}));
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
		const body = s.bodyType || s.type ? bodyOf(s) : s.body;
		resolve(failed(navigator.sendBeacon(s.url, body) ? "sent" : "refused"));
	};

	const doWebSocket = (s, resolve) => {
		const socket = given(s.protocols) ? new WebSocket(s.url, s.protocols) : new WebSocket(s.url);
		socket.onopen = () => {
			resolve(result("open", socket.protocol ? { protocol: socket.protocol } : {}));
			socket.close();
		};
		socket.onclose = ({ code, reason }) => resolve(result("error", { error: `close ${code}` + (reason ? `: ${reason}` : "") }));
		socket.onerror = () => later(options.close).then(() => resolve(result("error", { error: "error event, no close" })));
	};

	// The recorder registers the service worker of a story by itself.
	const doServiceWorker = async (s, resolve) => {
		const { serviceWorker } = navigator;
		await serviceWorker.register(s.url, { scope: "/" });
		if (!serviceWorker.controller) await new Promise((controlled) => serviceWorker.addEventListener("controllerchange", controlled));
		resolve(failed("sent"));
	};

	if (step.worker && typeof document !== "undefined") return outcomeOf((resolve) => inWorker(step, resolve));
	const kinds = { fetch: doFetch, xhr: doXHR, element: doElement, eventsource: doEventSource, beacon: doBeacon, form: doForm, websocket: doWebSocket, serviceWorker: doServiceWorker };
	for (const [kind, start] of Object.entries(kinds)) {
		if (step[kind]) return outcomeOf((resolve) => start(step[kind], resolve));
	}
	throw new Error("unknown kind of step: " + Object.keys(step).join(", "));
}
