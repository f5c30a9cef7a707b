const env = (n, d = '') => process.env[n]?.trim() || d;
const whitelist = [...new Set([...env('ORIGINS').split(';'), 'https://myapp.com'])].filter((x) => x);
export const corsOptions = Object.freeze({ origin: whitelist.length > 1 ? whitelist : whitelist[0], methods: 'GET, PUT,PATCH', allowedHeaders: ['Content-Type', 'Authorization'], credentials: true, optionsSuccessStatus: 200, preflightContinue: false });
export const publicCors = { origin: '*', methods: ['GET', 'HEAD'], maxAge: 3600 };
