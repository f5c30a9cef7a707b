// Adapter for curl, as it stands for clients that know no CORS:
//
//   corsim conform -- node conformance/adapters/curl.mjs [EXECUTABLE]

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { serve, Unsupported } from "./adapter.mjs";

const run = promisify(execFile);
const curl = process.argv[2] ?? "curl";

/** Runs curl, and returns what it printed, also when it fails. */
async function transfer(args, input) {
  try {
    const promise = run(curl, args, { encoding: "latin1", maxBuffer: 1 << 26 });
    promise.child.stdin.on("error", () => {});
    promise.child.stdin.end(input);
    return (await promise).stdout;
  } catch (error) {
    if (error.code === "ENOENT") {
      throw new Error(`${curl} is missing; on Debian: apt-get install curl`);
    }
    return { failed: error.stderr.trim() };
  }
}

/** The headers of the last response in what curl -D prints, by name as fetch() joins them. */
function headersOf(text) {
  const last = text.trimEnd().split("\r\n\r\n").pop();
  const out = new Headers();
  for (const line of last.split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    try {
      out.append(line.slice(0, colon), line.slice(colon + 1).trim());
    } catch {} // fetch() would refuse the response
  }
  return [...out];
}

/** Makes the request of a step. */
async function request({ url, method, headers, body, redirect }, page) {
  let target;
  try {
    target = new URL(url, page);
  } catch (error) {
    return { outcome: "throws", error: String(error) };
  }
  target.hash = "";
  const args = ["--silent", "--show-error", "--insecure", "--globoff", "--path-as-is", "--connect-to", `::${process.env.CORSIM_ADDRESS}`, "--dump-header", "-",
    "--write-out", "\n%{url_effective}"];
  if (redirect !== "manual" && redirect !== "error") {
    args.push("--location", "--max-redirs", "20");
  }
  if (method === "HEAD") {
    args.push("--head");
  } else if (method) {
    args.push("--request", method);
  }
  for (const [name, value] of headers ?? []) {
    args.push("--header", value ? `${name}: ${value}` : `${name};`);
  }
  if (body !== undefined && body !== null) {
    args.push("--data-binary", "@-");
  }
  const out = await transfer([...args, "--", target.href], body ?? "");
  return out.failed !== undefined ? { outcome: "error", error: out.failed } : { outcome: "response", response: responseOf(out, target) };
}

/** The response in what curl printed: the heads of all responses, the body, and the last URL. */
function responseOf(out, target) {
  let rest = out.slice(0, out.lastIndexOf("\n"));
  const last = out.slice(out.lastIndexOf("\n") + 1);
  let heads = "";
  while (/^HTTP\/[0-9.]+ [0-9]+/.test(rest)) {
    const end = rest.indexOf("\r\n\r\n") + 4;
    if (end < 4) {
      break;
    }
    heads = rest.slice(0, end);
    rest = rest.slice(end);
  }
  const status = Number(heads.split(" ")[1]);
  return { type: "basic", status, url: last, redirected: last !== target.href, headers: headersOf(heads), body: Buffer.from(rest, "latin1").toString() };
}

const hello = { name: "curl", steps: ["fetch"] };
await serve({
  hello,
  async start() {
    const out = await transfer(["--version"], "");
    hello.version = out.split(" ")[1];
  },
  open(scenario) {
    if (scenario.steps.some((step) => step.fetch?.stream || step.worker)) {
      throw new Unsupported("streams and workers");
    }
  },
  step: ({ fetch: step }, scenario) => request(step, scenario.page),
});
