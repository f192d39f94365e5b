import { Body, Controller, Delete, Get, Header, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { EmailService } from './email.service.js';
import { NotificationRepository } from './notification.repository.js';
import { NotificationView, type ListedNotification } from './notification.view.js';
import {
  EmailAnswer,
  EmailBody,
  MarkReadBody,
  NotificationList,
  NotificationSettingsAnswer,
  NotificationSettingsDto,
  UnreadAnswer,
} from './notifications.dto.js';
import { decisionReason } from './decision-reason.js';

@ApiTags('readers')
@ReaderRoute({ site: 'token', token: 'required' })
@Controller('api/v1/me/notifications')
export class NotificationsController {
  constructor(
    private readonly view: NotificationView,
    private readonly notifications: NotificationRepository,
    private readonly email: EmailService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'List the reader’s notifications: replies, mentions, decisions and more' })
  @ApiOkResponse({ type: NotificationList })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<NotificationList> {
    const { items, next } = await this.view.page(ctx, reader.id, { cursor, limit });
    const commentOf = (item: ListedNotification): NotificationList['items'][number]['comment'] => {
      if (!item.comment) return null;
      const { reasonText: _, ...comment } = item.comment;
      return { ...comment, reason: decisionReason(item, site.policy.reasons) };
    };
    return {
      items: items.map((item) => ({ ...item, comment: commentOf(item) })),
      next,
      unread: await this.view.countUnread(ctx, reader.id),
    };
  }

  @Get('unread')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Count the unread notifications' })
  @ApiOkResponse({ type: UnreadAnswer })
  async unread(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<UnreadAnswer> {
    return { unread: await this.view.countUnread(ctx, reader.id) };
  }

  @Post('read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark notifications as read' })
  @ApiOkResponse({ type: UnreadAnswer })
  async markRead(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Body() { upTo }: MarkReadBody,
  ): Promise<UnreadAnswer> {
    await this.database.inSite(ctx, (tx) =>
      this.notifications.markRead(tx, ctx.siteId, reader.id, upTo?.toLowerCase() ?? null, this.clock.now()),
    );
    return this.unread(ctx, reader);
  }

  @Get('settings')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Get the reader’s notification settings' })
  @ApiOkResponse({ type: NotificationSettingsAnswer })
  settings(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<NotificationSettingsAnswer> {
    return this.database.inSite(ctx, (tx) => this.notifications.settings(tx, ctx.siteId, reader.id));
  }

  @Put('settings')
  @ApiOperation({ summary: 'Change the reader’s notification settings' })
  @ApiOkResponse({ type: NotificationSettingsAnswer })
  setSettings(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Body() { replies, mentions, decisions, following }: NotificationSettingsDto,
  ): Promise<NotificationSettingsAnswer> {
    const settings = { replies, mentions, decisions, ...(following === undefined ? {} : { following }) };
    return this.database.inSite(ctx, (tx) =>
      this.notifications.setSettings(tx, ctx.siteId, reader.id, settings),
    );
  }

  @Get('email')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Get where and how often notifications are sent by email' })
  @ApiOkResponse({ type: EmailAnswer })
  readEmail(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<EmailAnswer> {
    return this.email.read(ctx, reader);
  }

  @Put('email')
  @ApiOperation({ summary: 'Set up notifications by email; a new address must be confirmed first' })
  @ApiOkResponse({ type: EmailAnswer })
  setEmail(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader,
    @Body() { address, delivery, language }: EmailBody,
  ): Promise<EmailAnswer> {
    return this.email.set(ctx, site, reader, { address, delivery, language });
  }

  @Delete('email')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop notifications by email and delete the address' })
  @ApiNoContentResponse()
  async stopEmail(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<void> {
    await this.email.remove(ctx, reader);
  }
}
