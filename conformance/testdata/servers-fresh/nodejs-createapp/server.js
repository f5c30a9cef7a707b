const { createApp } = require('./app');
const app = createApp({ origins: ['https://myapp.com'] });
const http = require('http');
const server = http.createServer(app);
const { Server } = require('socket.io');
const io = new Server(server, { cors: { origin: '*', methods: ['GET', 'POST'] } });
io.on('connection', (socket) => { socket.on('msg', (m) => io.emit('msg', m)); });
server.listen(process.env.PORT || 4000, () => console.log('up'));
