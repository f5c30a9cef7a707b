import express from 'express';
import cors from 'cors';
const app = express();
const allowlist = ['https://www.myapp.com', 'https://myapp.com', undefined];
app.use(cors({
  origin(origin, callback) {
    if (!origin || allowlist.some((o) => origin.includes(o))) callback(null, true);
    else callback(new Error('Not allowed by CORS'));
  },
  credentials: true,
  optionsSuccessStatus: 200,
}));
app.get('/api/v1/items', (_req, res) => res.json([]));
app.listen(process.env.PORT ?? 3000);
