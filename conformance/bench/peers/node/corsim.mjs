// The npm package of corsim and its fetch(): node corsim.mjs PORT CHROMIUM PACKAGE

import { pathToFileURL } from "node:url";
import { callFetch, rate } from "./page.mjs";
import { leadTo, serve } from "./peer.mjs";

const [port, , folder] = process.argv.slice(2);
const { createBrowser } = await import(pathToFileURL(`${folder}/src/index.js`));
leadTo(Number(port));

let browser;
await serve({
  async open(url) {
    browser?.close();
    browser = createBrowser({ page: url });
  },
  call: (call) => callFetch(browser, call),
  rate: (calls, ms) => rate(browser, callFetch, calls, ms),
});
