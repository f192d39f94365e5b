import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { ShowsSecrets } from '../../platform/http/idempotency.interceptor.js';
import { Cursors } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/fields.js';
import { notFound } from '../../platform/http/problem.js';
import { isUuid, type WebhookEndpointId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { RequiresConfirmation, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { DeliveryLogView } from './delivery-log.view.js';
import { EndpointRepository } from './endpoint.repository.js';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.js';
import { EndpointsService } from './endpoints.service.js';
import { TEST_EVENT } from './event-types.js';
import { activePublicKeys } from './webhook-secrets.js';
import {
  ChangeEndpoint,
  CreateEndpoint,
  DeliveryDetail,
  DeliveryPage,
  DeliveryQuery,
  EndpointAnswer,
  EndpointPage,
  EndpointWithSecret,
  RecoverAnswer,
  RecoverRequest,
  RedeliverAllAnswer,
  RedeliverAnswer,
  RedeliverRequest,
  RotatedSecret,
  TestAnswer,
} from './webhooks.dto.js';

@ApiTags('webhooks')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly repository: EndpointRepository,
    private readonly log: DeliveryLogView,
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ShowsSecrets('secret')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Add a webhook endpoint' })
  @ApiCreatedResponse({ type: EndpointWithSecret })
  async create(
    @CurrentSiteContext() ctx: SiteContext,
    @Body() body: CreateEndpoint,
  ): Promise<EndpointWithSecret> {
    const { endpoint, secret } = await this.endpoints.create(ctx, body);
    return { ...this.answerOf(endpoint), secret };
  }

  @Get()
  @ApiOperation({ summary: 'List webhook endpoints' })
  @ApiOkResponse({ type: EndpointPage })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<EndpointPage> {
    const scope = `webhooks:${ctx.siteId}`;
    const after = (this.cursors.read(scope, cursor)?.[0] ?? null) as WebhookEndpointId | null;
    const rows = await this.database.inSite(ctx, (tx) => this.repository.list(tx, ctx, after, limit + 1));
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.id],
      (row) => this.answerOf(row),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a webhook endpoint' })
  @ApiOkResponse({ type: EndpointAnswer })
  async read(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<EndpointAnswer> {
    return this.answerOf(await this.find(ctx, id));
  }

  @Patch(':id')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Change a webhook endpoint' })
  @ApiOkResponse({ type: EndpointAnswer })
  async change(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Body() body: ChangeEndpoint,
  ): Promise<EndpointAnswer> {
    return this.answerOf(await this.endpoints.change(ctx, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a webhook endpoint' })
  @ApiNoContentResponse()
  delete(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<void> {
    return this.endpoints.delete(ctx, id);
  }

  @Post(':id/rotate')
  @ShowsSecrets('secret')
  @RequiresConfirmation()
  @HttpCode(200)
  @ApiOperation({ summary: 'Rotate the signing secret' })
  @ApiOkResponse({ type: RotatedSecret })
  async rotate(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<RotatedSecret> {
    const { secret, publicKeys, previousUntil } = await this.endpoints.rotate(ctx, id);
    return { id, secret, publicKeys, previousUntil: previousUntil.toISOString() };
  }

  @Post(':id/test')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a test event' })
  @ApiAcceptedResponse({ type: TestAnswer })
  async test(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<TestAnswer> {
    await this.endpoints.test(ctx, id);
    return { endpointId: id, type: TEST_EVENT };
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'List deliveries with their latest attempts' })
  @ApiOkResponse({ type: DeliveryPage })
  async deliveries(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Query() query: DeliveryQuery,
  ): Promise<DeliveryPage> {
    return this.log.list(ctx, await this.find(ctx, id), query);
  }

  @Get(':id/deliveries/:delivery')
  @ApiOperation({ summary: 'Get a delivery, with the request that is sent' })
  @ApiOkResponse({ type: DeliveryDetail })
  async delivery(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
  ): Promise<DeliveryDetail> {
    const detail = await this.log.read(ctx, await this.find(ctx, id), delivery);
    if (!detail) throw notFound('This delivery');
    return detail;
  }

  @Post(':id/deliveries/:delivery/redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'Redeliver one delivery' })
  @ApiAcceptedResponse({ type: RedeliverAnswer, description: 'The delivery is scheduled again.' })
  async redeliver(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
  ): Promise<RedeliverAnswer> {
    await this.endpoints.redeliver(ctx, id, delivery);
    return { id: delivery, status: 'pending' };
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'Redeliver a range of deliveries' })
  @ApiAcceptedResponse({
    type: RedeliverAllAnswer,
    description: 'The deliveries are scheduled again, oldest first.',
  })
  redeliverAll(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Body() body: RedeliverRequest,
  ): Promise<RedeliverAllAnswer> {
    return this.endpoints.redeliverAll(ctx, id, body);
  }

  @Post(':id/recover')
  @HttpCode(202)
  @ApiOperation({ summary: 'Deliver events that the endpoint missed' })
  @ApiAcceptedResponse({ type: RecoverAnswer })
  async recover(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Body() { since }: RecoverRequest,
  ): Promise<RecoverAnswer> {
    return { deliveries: await this.endpoints.recover(ctx, id, new Date(since)) };
  }

  private async find(ctx: SiteContext, id: string): Promise<WebhookEndpointEntity> {
    const row = isUuid(id)
      ? await this.database.inSite(ctx, (tx) => this.repository.find(tx, ctx, id as WebhookEndpointId))
      : null;
    if (!row) throw notFound('This webhook endpoint');
    return row;
  }

  private answerOf(row: WebhookEndpointEntity): EndpointAnswer {
    return {
      id: row.id,
      url: row.url,
      events: row.events,
      body: row.body,
      publicKeys: activePublicKeys(row.secrets, this.clock.now()),
      status: row.state === 'active' ? 'enabled' : 'disabled',
      disabledReason: row.disabledReason,
      circuit: row.openUntil === null ? 'closed' : row.openUntil > this.clock.now() ? 'open' : 'half-open',
      openUntil: row.openUntil?.toISOString() ?? null,
      failingSince: row.failingSince?.toISOString() ?? null,
      lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}
