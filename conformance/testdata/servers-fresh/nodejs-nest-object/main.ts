import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
(async () => {
  const app = await NestFactory.create(AppModule, { cors: { origin: process.env.FRONTEND_URL || 'https://myapp.com', exposedHeaders: ['X-A'], maxAge: 60, optionsSuccessStatus: 200 }, bodyParser: true });
  app.useGlobalInterceptors(); app.enableShutdownHooks();
  await app.listen(3000, '0.0.0.0', () => console.log('up'));
})();
