// Finds packages of npm: those next to the adapter, in the working folder, or in a folder
// node_modules that CORSIM_NODE_MODULES names.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Loads a package and says which version it is. */
export async function load(name) {
  const { CORSIM_NODE_MODULES: folder } = process.env;
  const places = [import.meta.url, pathToFileURL(path.join(process.cwd(), "x"))];
  if (folder) {
    places.unshift(pathToFileURL(path.join(path.resolve(folder, ".."), "x")));
  }
  for (const place of places) {
    const require = createRequire(place);
    for (const modules of require.resolve.paths(name)) {
      try {
        const { version, exports, main } = JSON.parse(await readFile(path.join(modules, name, "package.json"), "utf8"));
        const entry = exports?.["."]?.import?.default ?? exports?.["."]?.import ?? exports?.["."]?.default ?? main ?? "index.js";
        return { version, module: await import(pathToFileURL(path.join(modules, name, entry))) };
      } catch (error) {
        if (error.code !== "ENOENT") {
          throw error;
        }
      }
    }
  }
  throw new Error(`there is no package ${name}: npm install ${name}, or name a folder node_modules in CORSIM_NODE_MODULES`);
}
