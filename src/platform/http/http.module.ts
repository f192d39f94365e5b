import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Cursors } from './cursor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

@Global()
@Module({
  providers: [Cursors, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
  exports: [Cursors],
})
export class HttpModule {}
