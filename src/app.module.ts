import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './features/audit/audit.module.js';
import { CommentsModule } from './features/comments/comments.module.js';
import { ComplianceModule } from './features/compliance/compliance.module.js';
import { EntitlementsModule } from './features/entitlements/entitlements.module.js';
import { FlagsModule } from './features/flags/flags.module.js';
import { FollowingModule } from './features/following/following.module.js';
import { LiveModule } from './features/live/live.module.js';
import { ModerationModule } from './features/moderation/moderation.module.js';
import { OverviewModule } from './features/moderation/overview/overview.module.js';
import { QualityModule } from './features/moderation/quality/quality.module.js';
import { StaffAnswersModule } from './features/moderation/answers/staff-answers.module.js';
import { ModerationReadersModule } from './features/moderation/readers/moderation-readers.module.js';
import { ModerationStoriesModule } from './features/moderation/stories/moderation-stories.module.js';
import { StaffModule } from './features/staff/staff.module.js';
import { NotificationsModule } from './features/notifications/notifications.module.js';
import { ReactionsModule } from './features/reactions/reactions.module.js';
import { ReadersModule } from './features/readers/readers.module.js';
import { AnalyzeApiModule } from './features/scoring/analyze-api/analyze-api.module.js';
import { ScoringModule } from './features/scoring/scoring.module.js';
import { SearchModule } from './features/search/search.module.js';
import { SitesModule } from './features/sites/sites.module.js';
import { StoriesModule } from './features/stories/stories.module.js';
import { TransferModule } from './features/transfer/transfer.module.js';
import { WebhooksModule } from './features/webhooks/webhooks.module.js';
import { ADMIN_KEY } from './platform/auth/admin-key.js';
import { SECRETS, Secrets } from './platform/config/secrets.js';
import { SETTINGS, type Settings } from './platform/config/settings.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DATABASE_URL } from './platform/database/database.tokens.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { ObservabilityModule } from './platform/observability/observability.module.js';
import { OutboundModule } from './platform/outbound/outbound.module.js';
import { OutboxModule } from './platform/outbox/outbox.module.js';
import { PubSubModule } from './platform/pubsub/pubsub.module.js';

/** Values resolved before the Nest modules are created. */
export interface Runtime {
  readonly settings: Settings;
  /** The configured URL, or that of the embedded PostgreSQL. */
  readonly databaseUrl: string;
  readonly adminKey: string;
  readonly secretKey: string;
}

@Global()
@Module({})
class RuntimeModule {
  static forRuntime({ settings, databaseUrl, adminKey, secretKey }: Runtime): DynamicModule {
    const providers = [
      { provide: SETTINGS, useValue: settings },
      { provide: DATABASE_URL, useValue: databaseUrl },
      { provide: ADMIN_KEY, useValue: adminKey },
      { provide: SECRETS, useValue: new Secrets(secretKey) },
    ];
    return { module: RuntimeModule, providers, exports: providers };
  }
}

const PLATFORM = [
  ObservabilityModule,
  DatabaseModule,
  HttpModule,
  PubSubModule,
  LimitsModule,
  OutboundModule,
  OutboxModule,
  JobsModule,
  MailModule,
];

/** In import order. Each module may use the ones before it; `ModerationModule` explains the exception. */
const FEATURES = [
  SitesModule,
  StoriesModule,
  ReadersModule,
  StaffModule,
  EntitlementsModule,
  CommentsModule,
  ReactionsModule,
  FlagsModule,
  FollowingModule,
  SearchModule,
  ScoringModule,
  AnalyzeApiModule,
  ModerationModule,
  ModerationReadersModule,
  ModerationStoriesModule,
  QualityModule,
  OverviewModule,
  StaffAnswersModule,
  WebhooksModule,
  LiveModule,
  NotificationsModule,
  ComplianceModule,
  AuditModule,
  TransferModule,
];

@Module({})
export class AppModule {
  static forRuntime(runtime: Runtime): DynamicModule {
    return { module: AppModule, imports: [RuntimeModule.forRuntime(runtime), ...PLATFORM, ...FEATURES] };
  }
}
