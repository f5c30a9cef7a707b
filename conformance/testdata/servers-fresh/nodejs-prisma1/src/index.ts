import express, { Request, Response } from 'express';
import cors from 'cors';
import { PrismaClient } from '@prisma/client';
import { z } from 'zod';
const prisma = new PrismaClient();
const app = express();
app.use(cors({ origin: ['https://myapp.com'], methods: ['GET', 'POST'], allowedHeaders: ['Content-Type'] }));
app.use(express.json());
const schema = z.object({ name: z.string().min(1), email: z.string().email() });
app.get('/api/users', async (req: Request, res: Response) => {
  const users = await prisma.user.findMany({ where: { active: true } });
  return res.json(users);
});
app.post('/api/users', async (req: Request, res: Response) => {
  const parsed = schema.safeParse(req.body);
  if (!parsed.success) return res.status(400).json(parsed.error);
  const user = await prisma.user.create({ data: parsed.data });
  res.status(201).json(user);
});
async function main() {
  await prisma.$connect();
  app.listen(process.env.PORT ?? 4000, () => console.log('ready'));
}
main().catch(async (e) => { console.error(e); await prisma.$disconnect(); process.exit(1); });
