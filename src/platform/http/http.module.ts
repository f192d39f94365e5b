import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HTTP_ENTITIES } from './http.entities.js';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Connections } from './connections.js';
import { Cursors } from './cursor.js';
import { IdempotencyRecords } from './idempotency-records.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { SlowRequests } from './slow-requests.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature(HTTP_ENTITIES)],
  providers: [
    Connections,
    Cursors,
    SlowRequests,
    IdempotencyRecords,
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
  exports: [Connections, Cursors, IdempotencyRecords],
})
export class HttpModule {}
