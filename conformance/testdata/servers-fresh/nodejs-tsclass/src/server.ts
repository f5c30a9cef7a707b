import express from 'express';
import cors from 'cors';
import { errorHandler } from './middleware/error.js';
abstract class Base { protected abstract routes(): void; constructor(protected readonly app = express()) {} }
export class Api extends Base {
  #origins: readonly string[] = ['https://myapp.com'];
  static instance?: Api;
  public static create(): Api { return (Api.instance ??= new Api()); }
  init(): this {
    this.app.use(cors({ origin: this.isAllowed, credentials: true }));
    this.app.use(express.json());
    this.routes();
    this.app.use(errorHandler);
    return this;
  }
  private isAllowed = (o: string | undefined, cb: (e: Error | null, ok?: boolean) => void): void => { if (!o || this.#origins.some((x) => x === o)) { cb(null, true); } else { cb(new Error('blocked')); } };
  protected routes(): void { this.app.get('/api/users', (_q, s) => { s.json([]); }); this.app.post('/api/users', (q, s) => { s.status(201).json(q.body satisfies unknown); }); }
  listen(p: number) { this.app.listen(p); }
}
Api.create().init().listen(Number(process.env.PORT) || 3000);
