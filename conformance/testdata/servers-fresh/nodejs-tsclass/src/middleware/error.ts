import type { Request, Response, NextFunction } from 'express';
export const errorHandler = (err: Error, _req: Request, res: Response, _next: NextFunction): void => { res.status(err.message === 'blocked' ? 403 : 500).json({ m: err.message }); };
