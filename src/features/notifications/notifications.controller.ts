import { Body, Controller, Get, Header, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { Reader } from '../readers/reader.params.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { Facts, Site } from '../sites/site.params.js';
import { NotificationRepository } from './notification.repository.js';
import { NotificationView } from './notification.view.js';
import {
  MarkReadBody,
  NotificationList,
  NotificationSettingsDto,
  UnreadAnswer,
} from './notifications.dto.js';

@ApiTags('readers')
@ReaderRoute({ site: 'token', token: 'required' })
@Controller('api/v1/me/notifications')
export class NotificationsController {
  constructor(
    private readonly view: NotificationView,
    private readonly notifications: NotificationRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Replies, mentions and decisions that concern the reader' })
  @ApiOkResponse({ type: NotificationList })
  async list(
    @Site() ctx: SiteContext,
    @Facts() site: SiteFacts,
    @Reader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<NotificationList> {
    const { items, next } = await this.view.page(ctx, reader.id, { cursor, limit });
    const reasonText = (code: string | null): string | null =>
      site.policy.reasons.find((reason) => reason.code === code)?.text ?? null;
    return {
      items: items.map((item) => ({
        ...item,
        comment: {
          ...item.comment,
          reason: item.kind === 'decision' ? reasonText(item.comment.reason) : null,
        },
      })),
      next,
      unread: await this.view.unread(ctx, reader.id),
    };
  }

  @Get('unread')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'How many notifications were not read yet' })
  @ApiOkResponse({ type: UnreadAnswer })
  async unread(@Site() ctx: SiteContext, @Reader() reader: SignedInReader): Promise<UnreadAnswer> {
    return { unread: await this.view.unread(ctx, reader.id) };
  }

  @Post('read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Notifications were seen' })
  @ApiOkResponse({ type: UnreadAnswer })
  async markRead(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Body() { upTo }: MarkReadBody,
  ): Promise<UnreadAnswer> {
    await this.database.inSite(ctx, (tx) =>
      this.notifications.markRead(tx, ctx.siteId, reader.id, upTo?.toLowerCase() ?? null, this.clock.now()),
    );
    return this.unread(ctx, reader);
  }

  @Get('settings')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'What the reader wants to be told of' })
  @ApiOkResponse({ type: NotificationSettingsDto })
  settings(@Site() ctx: SiteContext, @Reader() reader: SignedInReader): Promise<NotificationSettingsDto> {
    return this.database.inSite(ctx, (tx) => this.notifications.settings(tx, ctx.siteId, reader.id));
  }

  @Put('settings')
  @ApiOperation({ summary: 'Choose what to be told of' })
  @ApiOkResponse({ type: NotificationSettingsDto })
  async setSettings(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Body() { replies, mentions, decisions }: NotificationSettingsDto,
  ): Promise<NotificationSettingsDto> {
    const settings = { replies, mentions, decisions };
    await this.database.inSite(ctx, (tx) =>
      this.notifications.setSettings(tx, ctx.siteId, reader.id, settings),
    );
    return settings;
  }
}
