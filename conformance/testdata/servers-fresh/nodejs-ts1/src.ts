import express, { Application, Request, Response, NextFunction } from 'express';
import cors, { CorsOptions } from 'cors';
interface AppError extends Error { status?: number }
const app: Application = express();
const whitelist: string[] = ['https://myapp.com', 'https://admin.myapp.com'];
const options: CorsOptions = {
  origin(origin: string | undefined, cb: (err: Error | null, allow?: boolean) => void) {
    if (!origin || whitelist.includes(origin)) cb(null, true);
    else cb(null, false);
  },
  credentials: true,
};
app.use(cors(options));
app.use(express.json());
enum Role { Admin = 'admin', User = 'user' }
app.get('/api/users', (_req: Request, res: Response) => { res.json({ role: Role.Admin }); });
app.post('/api/users', (req: Request<{}, {}, { name: string }>, res: Response) => { res.status(201).json(req.body as any); });
app.get('/boom', async (_req, _res) => { await Promise.reject(new Error('boom')); });
app.use((_req: Request, _res: Response, next: NextFunction) => { const e: AppError = new Error('nf'); e.status = 404; next(e); });
app.use((err: AppError, _req: Request, res: Response, _next: NextFunction) => { res.status(err.status ?? 500).json({ message: err.message }); });
app.listen(3000);
