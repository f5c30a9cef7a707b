import express from "express";
import cors from "cors";
import dotenv from "dotenv";
import mongoose from "mongoose";
import jwt from "jsonwebtoken";
import bcrypt from "bcryptjs";
dotenv.config();
const app = express();
app.use(express.json());
app.use(cors({
  origin: ["http://localhost:5173", "https://myapp.com"],
  credentials: true,
}));
const connectDB = async () => {
  try {
    const conn = await mongoose.connect(process.env.MONGO_URI);
    console.log(`MongoDB Connected: ${conn.connection.host}`);
  } catch (error) {
    console.error(`Error: ${error.message}`);
    process.exit(1);
  }
};
await connectDB();
const User = mongoose.model("User", new mongoose.Schema({ email: { type: String, required: true } }, { timestamps: true }));
const protect = async (req, res, next) => {
  let token;
  if (req.headers.authorization && req.headers.authorization.startsWith("Bearer")) {
    try {
      token = req.headers.authorization.split(" ")[1];
      const decoded = jwt.verify(token, process.env.JWT_SECRET);
      req.user = await User.findById(decoded.id).select("-password");
      next();
    } catch (error) {
      res.status(401).json({ message: "Not authorized" });
    }
  }
  if (!token) return res.status(401).json({ message: "no token" });
};
app.get("/api/users", protect, async (req, res) => { res.json(await User.find({})); });
app.post("/api/users", async (req, res) => {
  const { email, password } = req.body;
  const exists = await User.findOne({ email });
  if (exists) return res.status(400).json({ message: "exists" });
  const hash = await bcrypt.hash(password || "", 10);
  const user = await User.create({ email, password: hash });
  res.status(201).json({ token: jwt.sign({ id: user._id }, process.env.JWT_SECRET) });
});
app.get("/own", (req, res) => res.json({ ok: true }));
app.listen(process.env.PORT || 5000, () => console.log("up"));
