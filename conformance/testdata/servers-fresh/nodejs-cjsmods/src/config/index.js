const json = require('./origins.json');
module.exports = { port: process.env.PORT || 8080, limits: { fileSize: 5 * 1024 * 1024 }, get corsOptions() { return { origin: json.origins, methods: json.methods.join(), credentials: !!json.credentials }; } };
