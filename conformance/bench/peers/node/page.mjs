// Functions that run within a page. Each function uses no other one, so that its
// text can be sent to a browser.

/** Makes a call with fetch(). */
export async function callFetch(window, call) {
  try {
    const response = await window.fetch(call.url, {
      method: call.method,
      headers: call.headers,
      credentials: call.credentials,
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const body = await response.text();
    return { outcome: "response", status: response.status, url: response.url, headers: [...response.headers], body };
  } catch (error) {
    return { outcome: "error", error: String(error) };
  }
}

/** Makes a call with XMLHttpRequest. */
export function callXHR(window, call) {
  return new Promise((resolve) => {
    try {
      const xhr = new window.XMLHttpRequest();
      xhr.open(call.method, call.url);
      xhr.withCredentials = call.credentials === "include";
      for (const [name, value] of call.headers) {
        xhr.setRequestHeader(name, value);
      }
      xhr.onload = () => {
        const headers = xhr.getAllResponseHeaders().split("\r\n").filter(Boolean).map((line) => line.split(/: ?(.*)/s, 2));
        resolve({ outcome: "response", status: xhr.status, url: xhr.responseURL, headers, body: xhr.responseText });
      };
      xhr.onerror = () => resolve({ outcome: "error" });
      xhr.send(call.body);
    } catch (error) {
      resolve({ outcome: "error", error: String(error) });
    }
  });
}

/** Makes calls over and over, one after another, and counts what script may read. */
export async function rate(window, call, calls, ms) {
  const start = performance.now();
  let made = 0;
  let shared = 0;
  let passed = 0;
  do {
    const { outcome } = await call(window, calls[made % calls.length]);
    made++;
    shared += outcome === "response";
    passed = performance.now() - start;
  } while (passed < ms);
  return { made, shared, ms: passed };
}
