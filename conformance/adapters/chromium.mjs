// Adapter for Chromium, Chrome and Edge without a window, by the DevTools protocol over a
// pipe; it needs no package:
//
//   corsim conform --as chromium -- node conformance/adapters/chromium.mjs [EXECUTABLE]

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { serve } from "./adapter.mjs";
import { kindOf, page } from "./page.mjs";

const executable = process.argv[2] ?? process.env.CHROMIUM ?? "chromium";

/** Browser is a browser that runs, and its DevTools protocol. */
class Browser {
  #calls = new Map();
  #events = new Map();
  #next = 1;

  constructor(profile, greeting) {
    // All hosts lead to corsim, but those that the browser asks itself, such as for updates.
    const own = ["*.google.com", "*.googleapis.com", "*.gstatic.com", "*.gvt1.com"].map((host) => `MAP ${host} ~NOTFOUND`);
    this.process = spawn(executable, [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--disable-extensions", "--disable-features=HttpsUpgrades,HttpsFirstBalancedMode,OptimizationHints,Translate",
      `--user-data-dir=${profile}`, `--host-resolver-rules=${own.join(",")},MAP * ${greeting.address}`,
      `--ignore-certificate-errors-spki-list=${greeting.keyHash}`, "--remote-debugging-pipe", "about:blank",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.process.on("error", (error) => this.#fail(error));
    this.process.on("exit", () => this.#fail(new Error(`${executable} ended`)));
    let rest = "";
    this.process.stdio[4].setEncoding("utf8").on("data", (text) => {
      const messages = (rest + text).split("\0");
      rest = messages.pop();
      messages.forEach((message) => this.#receive(JSON.parse(message)));
    });
    this.process.stdio[3].on("error", () => {});
  }

  #fail(error) {
    this.failed = error;
    this.#calls.forEach(({ reject }) => reject(error));
  }

  #receive({ id, result, error, method, sessionId, params }) {
    if (id) {
      const { resolve, reject } = this.#calls.get(id);
      this.#calls.delete(id);
      error ? reject(new Error(error.message)) : resolve(result);
      return;
    }
    this.#events.get(`${sessionId} ${method}`)?.(params);
  }

  /** Calls a method, for a page with its session. */
  call(method, params = {}, sessionId = undefined) {
    if (this.failed) {
      return Promise.reject(this.failed);
    }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    });
  }

  /** Waits for the next event of a page. */
  event(sessionId, method) {
    return new Promise((resolve) => this.#events.set(`${sessionId} ${method}`, resolve));
  }
}

let browser;
let profile;
let context;
let session;

/** Opens a URL in the tab and waits until it is loaded. */
async function navigate(url) {
  const loaded = browser.event(session, "Page.loadEventFired");
  const { errorText } = await browser.call("Page.navigate", { url }, session);
  if (errorText) {
    throw new Error(`${url}: ${errorText}`);
  }
  await loaded;
}

/** The browser gives each scenario a tab in a context of its own: with its own cookies and caches. */
async function open(scenario) {
  if (context) {
    await browser.call("Target.disposeBrowserContext", { browserContextId: context });
  }
  ({ browserContextId: context } = await browser.call("Target.createBrowserContext"));
  const { targetId } = await browser.call("Target.createTarget", { url: "about:blank", browserContextId: context });
  ({ sessionId: session } = await browser.call("Target.attachToTarget", { targetId, flatten: true }));
  await browser.call("Page.enable", {}, session);
  // corsim sets the cookies of a scenario when their URLs are opened.
  for (const { url } of scenario.cookies ?? []) {
    await navigate(url);
  }
  await navigate(scenario.page);
}

/** Sends the function of a step to the page. */
async function step(step) {
  const kind = kindOf(step);
  const expression = `(${page[kind]})(window, ${JSON.stringify(step[kind])})`;
  const { result, exceptionDetails } = await browser.call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, session);
  if (exceptionDetails) {
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }
  return result.value;
}

const hello = { name: "chromium", steps: ["fetch", "xhr", "element", "eventsource", "beacon"], cookies: true, sandbox: true };
await serve({
  hello,
  async start(greeting) {
    profile = await mkdtemp(path.join(tmpdir(), "corsim-chromium-"));
    browser = new Browser(profile, greeting);
    const { product } = await browser.call("Browser.getVersion");
    hello.version = product.split("/")[1];
  },
  open,
  step,
  async close() {
    const ended = new Promise((resolve) => browser.process.once("exit", resolve));
    await browser.call("Browser.close").catch(() => browser.process.kill());
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});
