import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../platform/clock.js';
import { invalid, notFound } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isInForce } from './override-schedule.js';
import { OverrideAnswer, OverrideDto, OverrideList } from './overrides.dto.js';
import { OverridesService } from './overrides.service.js';
import { PublisherScope } from './publisher.guard.js';
import type { Override, SiteFacts } from './site-facts.js';
import { CurrentSite, CurrentSiteContext } from './site.decorators.js';

const OVERRIDE_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/overrides')
export class OverridesController {
  constructor(
    private readonly overrides: OverridesService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the policy overrides' })
  @ApiOkResponse({ type: OverrideList })
  list(@CurrentSite() site: SiteFacts): OverrideList {
    return { items: site.overrides.map((override) => this.answerOf(override)), next: null };
  }

  @Get(':key')
  @ApiOperation({ summary: 'Get an override' })
  @ApiOkResponse({ type: OverrideAnswer })
  read(@CurrentSite() site: SiteFacts, @Param('key') key: string): OverrideAnswer {
    const override = site.overrides.find((each) => each.key === checkKey(key));
    if (!override) throw notFound('This override');
    return this.answerOf(override);
  }

  @Put(':key')
  @ApiOperation({
    summary:
      'Create or replace an override: temporary policy settings for a section, a story or the whole site',
    description:
      'The most specific setting wins, in this order from least to most specific: the site’s policy, overrides for the whole site, overrides for the section, the story’s own policy, overrides for the story. Between two overrides of the same kind, the one that starts later wins; the override of a story in strict mode wins over all others. An override ends automatically at `until`.',
  })
  @ApiOkResponse({ type: OverrideAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('key') key: string,
    @Body() body: OverrideDto,
  ): Promise<OverrideAnswer> {
    const { section, storyKey, from, until, note, policy } = body;
    return this.answerOf(
      await this.overrides.put(ctx, site, {
        key: checkKey(key),
        section: section ?? null,
        storyKey: storyKey ?? null,
        from: from ? new Date(from) : null,
        until: until ? new Date(until) : null,
        note: note ?? null,
        policy,
      }),
    );
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an override, which ends it immediately' })
  @ApiNoContentResponse({ description: 'The override is no longer in effect.' })
  remove(@CurrentSiteContext() ctx: SiteContext, @Param('key') key: string): Promise<void> {
    return this.overrides.remove(ctx, checkKey(key));
  }

  private answerOf(override: Override): OverrideAnswer {
    return {
      key: override.key,
      section: override.section,
      storyKey: override.storyKey,
      from: override.from?.toISOString() ?? null,
      until: override.until?.toISOString() ?? null,
      note: override.note,
      inForce: isInForce(override, this.clock.now()),
      policy: override.policy as OverrideAnswer['policy'],
    };
  }
}

/** @throws Problem 400 */
function checkKey(key: string): string {
  if (OVERRIDE_KEY.test(key)) return key;
  const message = 'An override key must have 1 to 128 letters, digits, ".", "_", ":" or "-".';
  throw invalid([{ pointer: '/path/key', code: 'bad-override-key', message }]);
}
