import express, { Request, Response, NextFunction } from "express";
import cors, { CorsOptions } from "cors";
import cookieParser from "cookie-parser";

const app = express();

const options: CorsOptions = {
  origin: [/myapp\.io$/, "http://localhost:5173"],
  methods: "GET,HEAD,PUT,PATCH,POST,DELETE",
  credentials: true,
  allowedHeaders: "Content-Type,Authorization,X-Requested-With",
};

app.use(cookieParser());
app.use(express.json());
app.options("*", cors(options));
app.use(cors(options));

app.get("/me", (req: Request, res: Response) => { res.json({ user: 1 }); });
app.use((err: Error, _req: Request, res: Response, _next: NextFunction) => { res.status(500).json({ error: err.message }); });
app.listen(8080);
