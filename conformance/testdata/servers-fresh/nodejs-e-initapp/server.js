const express = require('express');
const cors = require('cors');
const loaders = require('./loaders');
async function startServer() {
  const app = express();
  app.use(cors());
  await loaders({ expressApp: app });
  app.listen(3000, () => {}).on('error', (err) => process.exit(1));
}
startServer();
