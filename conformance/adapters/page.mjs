// Functions that take a step in a page. Each uses no other function and nothing but its
// arguments, so that its text can be sent to a browser: page[kind](window, init).

/** Steps with fetch(). */
async function fetchStep(window, step) {
  const { url, headers, body, stream, type, bodyType, blobType, ...rest } = step;
  const initOf = () => {
    const init = { ...rest };
    if (headers) {
      init.headers = headers;
    }
    if (body === undefined || body === null) {
      return init;
    }
    const encoded = () => new TextEncoder().encode(body);
    switch (bodyType ?? (stream ? "blobstream" : type !== undefined && type !== null ? "blob" : "string")) {
      case "blob": init.body = new window.Blob([body], { type: blobType ?? type ?? "" }); break;
      case "blobstream": init.body = new window.Blob([body]).stream(); break;
      case "urlsearchparams": init.body = new window.URLSearchParams(body); break;
      case "arraybuffer": init.body = encoded().buffer; break;
      case "formdata":
        init.body = new window.FormData();
        new window.URLSearchParams(body).forEach((value, name) => init.body.append(name, value));
        break;
      case "stream":
        init.body = new window.Blob([body]).stream();
        init.duplex ??= "half";
        break;
      default: init.body = body;
    }
    return init;
  };
  let response;
  try {
    response = await window.fetch(url, initOf());
  } catch (error) {
    // What the call itself refuses, a Request with the same arguments refuses too.
    let outcome = "error";
    try {
      new (window.Request ?? Request)(url, initOf());
    } catch {
      outcome = "throws";
    }
    return { outcome, error: String(error) };
  }
  const seen = { type: response.type, status: response.status, url: response.url, redirected: response.redirected, headers: [...response.headers], body: "" };
  try {
    seen.body = await response.text();
  } catch (error) {
    seen.bodyError = String(error);
  }
  return { outcome: "response", response: seen };
}

/** Steps with XMLHttpRequest. */
function xhrStep(window, step) {
  return new Promise((resolve) => {
    try {
      const xhr = new window.XMLHttpRequest();
      xhr.open(step.method || "GET", step.url);
      xhr.withCredentials = step.withCredentials ?? false;
      for (const [name, value] of step.headers ?? []) {
        xhr.setRequestHeader(name, value);
      }
      if (step.uploadListener) {
        xhr.upload.addEventListener("progress", () => {});
      }
      xhr.onload = () => {
        const headers = xhr.getAllResponseHeaders().split("\r\n").filter(Boolean).map((line) => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
        });
        headers.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        resolve({ outcome: "response", response: { type: "xhr", status: xhr.status, url: xhr.responseURL, redirected: false, headers, body: xhr.responseText } });
      };
      xhr.onerror = () => resolve({ outcome: "error" });
      const { body = null, type } = step;
      xhr.send(body !== null && type !== undefined && type !== null ? new window.Blob([body], { type }) : body);
    } catch (error) {
      resolve({ outcome: "throws", error: String(error) });
    }
  });
}

/** Steps with an element. */
function elementStep(window, step) {
  return new Promise((resolve) => {
    const { document } = window;
    const done = (outcome, error) => resolve(error ? { outcome, error } : { outcome });
    const listen = (element, load) => {
      element.addEventListener(load, () => done("load"));
      element.addEventListener("error", () => {
        const error = element.error && `MediaError ${element.error.code}${element.error.message ? `: ${element.error.message}` : ""}`;
        done("error", error);
      });
      if (step.crossorigin !== null && step.crossorigin !== undefined) {
        element.setAttribute("crossorigin", step.crossorigin);
      }
    };
    const { tag, url } = step;
    switch (tag) {
      case "img": {
        const element = document.createElement("img");
        listen(element, "load");
        element.src = url;
        document.documentElement.append(element);
        break;
      }
      case "script":
      case "module": {
        const element = document.createElement("script");
        listen(element, "load");
        if (tag === "module") {
          element.type = "module";
        }
        element.src = url;
        document.documentElement.append(element);
        break;
      }
      case "stylesheet": {
        const element = document.createElement("link");
        listen(element, "load");
        element.rel = "stylesheet";
        element.href = url;
        document.documentElement.append(element);
        break;
      }
      case "audio":
      case "video": {
        const element = document.createElement(tag);
        listen(element, "loadeddata");
        element.preload = "auto";
        element.src = url;
        document.documentElement.append(element);
        break;
      }
      case "font":
        new window.FontFace("scenario", `url(${JSON.stringify(url)})`).load().then(() => done("load"), (error) => done("error", String(error)));
        break;
    }
  });
}

/** Steps with EventSource. */
function eventsourceStep(window, step) {
  return new Promise((resolve) => {
    try {
      const source = new window.EventSource(step.url, { withCredentials: step.withCredentials ?? false });
      source.onopen = () => {
        source.close();
        resolve({ outcome: "open" });
      };
      source.onerror = () => {
        const error = source.readyState === 2 ? "closed" : "reconnecting";
        source.close();
        resolve({ outcome: "error", error });
      };
    } catch (error) {
      resolve({ outcome: "throws", error: String(error) });
    }
  });
}

/** Steps with navigator.sendBeacon(), which sends later than it returns. */
async function beaconStep(window, step) {
  try {
    const sent = window.navigator.sendBeacon(step.url, step.type ? new window.Blob([step.body], { type: step.type }) : step.body);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { outcome: sent ? "sent" : "refused" };
  } catch (error) {
    return { outcome: "throws", error: String(error) };
  }
}

/** The function for each kind of step. */
export const page = { fetch: fetchStep, xhr: xhrStep, element: elementStep, eventsource: eventsourceStep, beacon: beaconStep };

/** The kind of a step: its key. */
export const kindOf = (step) => Object.keys(step)[0];
