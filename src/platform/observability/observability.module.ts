import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

@Global()
@Module({ providers: [Metrics, Readiness], controllers: [HealthController], exports: [Metrics, Readiness] })
export class ObservabilityModule {}
