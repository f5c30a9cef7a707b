require('reflect-metadata');
const { NestFactory } = require('@nestjs/core');
const { All, Controller, Module } = require('@nestjs/common');

class Users {
  users() { return []; }
  boom() { throw new Error('boom'); }
}
for (const name of ['users', 'boom']) {
  All(name)(Users.prototype, name, Object.getOwnPropertyDescriptor(Users.prototype, name));
}
Controller()(Users);

class Application {}
Module({ controllers: [Users] })(Application);

async function main() {
  const app = await NestFactory.create(Application, { logger: false });
  {{recipe}}
  await app.listen(process.env.PORT, '127.0.0.1');
}

main();
