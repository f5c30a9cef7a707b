// Headless Chromium and its fetch(): node chromium.mjs PORT EXECUTABLE

import { chromium } from "playwright-core";
import { callFetch, rate } from "./page.mjs";
import { serve } from "./peer.mjs";

const [port, executablePath] = process.argv.slice(2);
// Where the hosts of the cases lead; what the browser asks for by itself, such
// as updates, leads nowhere.
const rules = ["*.test", "*.example.com", "example.com", "*.localhost", "localhost", "127.0.0.1", "[::1]"].map((host) => `MAP ${host} 127.0.0.1:${port}`);
const browser = await chromium.launch({
  executablePath,
  args: [
    `--host-resolver-rules=${rules.join(",")},MAP * ~NOTFOUND`,
    "--ignore-certificate-errors",
  ],
});

// evaluate calls a function in the page, which has it as a text only.
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
