import { Controller, Get, Post, Body } from '@nestjs/common';
import { AppService } from './app.service';
@Controller('api')
export class AppController {
  constructor(private readonly appService: AppService) {}
  @Get('users') users() { return []; }
  @Post('users') add(@Body() b: any) { return { ok: true }; }
}
