import express from "express";
import type { RequestHandler } from "express";
import * as corsLib from "cors";
const corsFn: any = (corsLib as any).default ?? corsLib;
namespace Config { export const origins = ["https://myapp.com"] as const; }
type Handler = RequestHandler;
const only = <T extends string>(...list: T[]): Set<T> => new Set(list);
const allowed = only(...Config.origins);
const app = express();
app.use(corsFn({ origin: (o: string | undefined, cb: Function) => cb(null, !o || allowed.has(o as any)) }));
const h: Handler = async (req, res) => { const { a = 1, ...rest } = req.query as Record<string, unknown>; res.status(200).json({ a, n: Object.keys(rest).length }); };
app.get("/api/users", h);
app.get("/boom", async () => { throw { status: 409, message: "conflict" }; });
app.get("/err500", (_q, _s, n) => n(null));
export { app };
app.listen(3000);
