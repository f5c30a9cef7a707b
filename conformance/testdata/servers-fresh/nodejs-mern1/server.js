const express = require('express');
const mongoose = require('mongoose');
const cors = require('cors');
const dotenv = require('dotenv');
const helmet = require('helmet');
const morgan = require('morgan');

dotenv.config();
const app = express();
const PORT = process.env.PORT || 5000;

app.use(helmet());
app.use(cors());
app.use(express.json());
app.use(morgan('dev'));

mongoose.connect(process.env.MONGO_URI || 'mongodb://localhost/x', { useNewUrlParser: true })
  .then(() => console.log('connected'))
  .catch((err) => console.error(err));

const userSchema = new mongoose.Schema({ name: String });
const User = mongoose.model('User', userSchema);

app.get('/api/users', async (req, res) => {
  try {
    const users = await User.find().sort({ name: 1 });
    res.json(users);
  } catch (err) {
    res.status(500).json({ message: err.message });
  }
});
app.post('/api/users', async (req, res) => {
  const { name } = req.body;
  if (!name) return res.status(400).json({ message: 'name' });
  const user = new User({ name });
  await user.save();
  res.status(201).json(user);
});
app.use('/api/auth', require('./routes/auth'));
app.get('/', (req, res) => res.send('API running'));
app.use((req, res) => res.status(404).json({ message: 'not found' }));
app.use((err, req, res, next) => {
  console.error(err.stack);
  res.status(err.status || 500).json({ message: err.message });
});
app.listen(PORT, () => console.log(`on ${PORT}`));
