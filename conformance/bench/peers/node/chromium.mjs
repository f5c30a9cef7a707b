// Headless Chromium and its fetch(): node chromium.mjs PORT EXECUTABLE

import { chromium } from "playwright-core";
import { callFetch, rate } from "./page.mjs";
import { serve } from "./peer.mjs";

const [port, executablePath] = process.argv.slice(2);
// The hosts of the cases lead to the server. Requests of the browser itself, such
// as those for updates, fail.
const rules = ["*.test", "*.example.com", "example.com", "*.localhost", "localhost", "127.0.0.1", "[::1]"].map((host) => `MAP ${host} 127.0.0.1:${port}`);
const browser = await chromium.launch({
  executablePath,
  args: [
    `--host-resolver-rules=${rules.join(",")},MAP * ~NOTFOUND`,
    "--ignore-certificate-errors",
  ],
});

// evaluate sends the text of a function to the page and calls it there.
const evaluate = (f, ...args) => page.evaluate(`(${f})(window, ${args.map((a) => (typeof a === "function" ? a : JSON.stringify(a)))})`);

let context;
let page;
await serve({
  async open(url) {
    await context?.close();
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
    await page.goto(url);
  },
  call: (call) => evaluate(callFetch, call),
  rate: (calls, ms) => evaluate(rate, callFetch, calls, ms),
});
await browser.close();
