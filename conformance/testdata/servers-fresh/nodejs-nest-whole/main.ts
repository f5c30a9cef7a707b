import { NestFactory } from '@nestjs/core';
import { Module, Controller, Get, Post, Put, Delete, Body, Param, HttpCode, Header, NotFoundException, Res, Redirect } from '@nestjs/common';
@Controller('users')
class UsersController {
  @Get() list() { return []; }
  @Post() create(@Body() b) { return b; }
  @Put() @HttpCode(204) put() {}
  @Delete() del() { throw new NotFoundException('gone'); }
  @Get(':id') @Header('Vary', 'Accept') one(@Param('id') id) { return id; }
}
@Controller()
class Root {
  @Get('boom') boom() { throw new Error('x'); }
  @Get('own') own(@Res() res) { res.set('Access-Control-Allow-Origin', 'https://own.example').json({}); }
  @Get('vary') @Redirect('/api/users', 301) vary() {}
}
@Module({ controllers: [UsersController, Root] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api');
  app.enableCors({ origin: /myapp\.com$/ });
  await app.listen(3000);
}
bootstrap();
