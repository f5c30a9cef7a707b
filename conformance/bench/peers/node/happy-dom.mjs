// happy-dom and its fetch(): node happy-dom.mjs PORT

import { Window } from "happy-dom";
import { callFetch, rate } from "./page.mjs";
import { leadTo, serve } from "./peer.mjs";

leadTo(Number(process.argv[2]));

let window;
await serve({
  async open(url) {
    await window?.happyDOM.close();
    window = new Window({ url, settings: { fetch: { disableStrictSSL: true } } });
  },
  call: (call) => callFetch(window, call),
  rate: (calls, ms) => rate(window, callFetch, calls, ms),
});
