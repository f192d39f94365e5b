import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock.js';
import { PageQuery } from '../../../platform/http/fields.js';
import { conflict, invalid } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { checkReaderKey } from '../../readers/reader-key.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { endOf } from '../entitlement.js';
import {
  ORGANISATION_KEY,
  OrganisationAnswer,
  OrganisationDto,
  OrganisationPage,
  SeatAnswer,
  SeatPage,
  SeatsAnswer,
  SeatsRequest,
} from './organisations.dto.js';
import { OrganisationsService, type Organisation, type Seat } from './organisations.service.js';

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/organisations')
export class OrganisationsController {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the organisations that pay for seats' })
  @ApiOkResponse({ type: OrganisationPage })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Query() query: PageQuery,
  ): Promise<OrganisationPage> {
    const page = await this.organisations.list(ctx, query.cursor, query.limit);
    return { items: page.items.map((item) => this.answerOf(item, site)), next: page.next };
  }

  @Get(':key')
  @ApiOperation({ summary: 'Get an organisation' })
  @ApiOkResponse({ type: OrganisationAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('key') key: string,
  ): Promise<OrganisationAnswer> {
    return this.answerOf(await this.organisations.read(ctx, checkKey(key)), site);
  }

  @Put(':key')
  @ApiOperation({
    summary: 'Create or update an organisation',
    description:
      'Updates all its seats before the response is sent. Returns 409 if more seats are taken than requested.',
  })
  @ApiOkResponse({ type: OrganisationAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('key') key: string,
    @Body() { name, seats, tier, status, validUntil, graceUntil }: OrganisationDto,
  ): Promise<OrganisationAnswer> {
    checkKey(key);
    if (!site.tiers.has(tier)) {
      const message = `The site has no tier with the key "${tier}".`;
      throw invalid([{ pointer: '/tier', code: 'unknown-tier', message }]);
    }
    const draft = {
      name,
      seats,
      tier,
      status,
      validUntil: toDate(validUntil),
      graceUntil: toDate(graceUntil),
    };
    return this.answerOf(await this.organisations.put(ctx, key, draft), site);
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an organisation and end all its seats immediately' })
  @ApiNoContentResponse({ description: 'The organisation is deleted and its seats have ended.' })
  remove(@CurrentSiteContext() ctx: SiteContext, @Param('key') key: string): Promise<void> {
    return this.organisations.remove(ctx, checkKey(key));
  }

  @Get(':key/seats')
  @ApiOperation({ summary: "List an organisation's seats" })
  @ApiOkResponse({ type: SeatPage })
  async seats(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
    @Query() query: PageQuery,
  ): Promise<SeatPage> {
    const page = await this.organisations.listSeats(ctx, checkKey(key), query.cursor, query.limit);
    return { items: page.items.map(seatAnswer), next: page.next };
  }

  @Post(':key/seats')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give seats to several readers while seats are free' })
  @ApiOkResponse({ type: SeatsAnswer })
  async addSeats(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
    @Body() { readerKeys }: SeatsRequest,
  ): Promise<SeatsAnswer> {
    readerKeys.forEach(checkReaderKey);
    const { refused, ...counts } = await this.organisations.addSeats(ctx, checkKey(key), readerKeys);
    return { ...counts, refused: [...refused] };
  }

  @Get(':key/seats/:readerKey')
  @ApiOperation({ summary: "Get a reader's seat" })
  @ApiOkResponse({ type: SeatAnswer })
  async readSeat(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
    @Param('readerKey') readerKey: string,
  ): Promise<SeatAnswer> {
    checkReaderKey(readerKey);
    return seatAnswer(await this.organisations.readSeat(ctx, checkKey(key), readerKey));
  }

  @Put(':key/seats/:readerKey')
  @ApiOperation({
    summary: 'Give a seat to a reader',
    description:
      'Returns 409 `no-seat-left` if all seats are taken. A reader who already has a seat keeps it.',
  })
  @ApiOkResponse({ type: SeatAnswer })
  async seat(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
    @Param('readerKey') readerKey: string,
  ): Promise<SeatAnswer> {
    checkReaderKey(readerKey);
    const { refused, taken } = await this.organisations.addSeats(ctx, checkKey(key), [readerKey]);
    for (const { code, message } of refused) throw conflict(code, message, { taken });
    return seatAnswer(await this.organisations.readSeat(ctx, key, readerKey));
  }

  @Delete(':key/seats/:readerKey')
  @HttpCode(204)
  @ApiOperation({ summary: "Remove a reader's seat" })
  @ApiNoContentResponse({
    description: 'The tier has ended for this reader and the seat is free.',
  })
  unseat(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('key') key: string,
    @Param('readerKey') readerKey: string,
  ): Promise<void> {
    checkReaderKey(readerKey);
    return this.organisations.removeSeat(ctx, checkKey(key), readerKey);
  }

  private answerOf(organisation: Organisation, site: SiteFacts): OrganisationAnswer {
    const { updatedAt, validUntil, graceUntil } = organisation;
    const stored = { ...organisation, endedAt: null, reportedAt: updatedAt };
    return {
      ...organisation,
      validUntil: validUntil?.toISOString() ?? null,
      graceUntil: graceUntil?.toISOString() ?? null,
      counts: site.tiers.has(organisation.tier) && endOf(stored, this.clock.now()) === null,
      updatedAt: updatedAt.toISOString(),
    };
  }
}

const seatAnswer = ({ readerKey, reportedAt }: Seat): SeatAnswer => ({
  readerKey,
  reportedAt: reportedAt.toISOString(),
});

const toDate = (iso: string | null | undefined): Date | null => (iso ? new Date(iso) : null);

/** @throws Problem 400 */
function checkKey(key: string): string {
  if (ORGANISATION_KEY.test(key)) return key;
  const message = 'An organisation key must have 1 to 64 letters, digits, ".", "_", ":" or "-".';
  throw invalid([{ pointer: '/path/key', code: 'bad-organisation-key', message }]);
}
