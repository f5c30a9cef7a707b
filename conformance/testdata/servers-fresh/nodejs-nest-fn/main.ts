import { NestFactory } from '@nestjs/core';
import { ValidationPipe } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { AppModule } from './app.module';
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const config = app.get(ConfigService);
  app.use(helmet());
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  const allowed = config.get<string>('CORS_ORIGINS', 'https://myapp.com,https://otherapp.com').split(',');
  app.enableCors({ origin: (origin, cb) => { if (!origin || allowed.includes(origin)) cb(null, true); else cb(new Error('Not allowed by CORS')); }, credentials: true });
  const doc = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('x').setVersion('1').addBearerAuth().build());
  SwaggerModule.setup('docs', app, doc);
  await app.listen(3000);
}
void bootstrap();
