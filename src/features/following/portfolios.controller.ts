import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { notFound } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { TopicDto } from '../stories/stories.dto.js';
import { PortfolioService } from './portfolio.service.js';
import { NewPortfolio, PortfolioAnswer, PortfolioChange, PortfolioList } from './portfolios.dto.js';

/** A reader's portfolios: named lists of topics. */
@ApiTags('following')
@ReaderRoute({ site: 'token', token: 'required', store: true })
@Controller('api/v1/me/portfolios')
export class PortfoliosController {
  constructor(private readonly portfolios: PortfolioService) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'List the reader’s portfolios, including the alert portfolio' })
  @ApiOkResponse({ type: PortfolioList })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
  ): Promise<PortfolioList> {
    return { items: await this.portfolios.list(ctx, reader), next: null };
  }

  @Post()
  @ApiOperation({ summary: 'Create a portfolio' })
  @ApiCreatedResponse({ type: PortfolioAnswer })
  create(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Body() body: NewPortfolio,
  ): Promise<PortfolioAnswer> {
    return this.portfolios.create(ctx, reader, body);
  }

  @Get(':portfolio')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Get a portfolio' })
  @ApiOkResponse({ type: PortfolioAnswer })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('portfolio') id: string,
  ): Promise<PortfolioAnswer> {
    return this.portfolios.read(ctx, reader, id);
  }

  @Patch(':portfolio')
  @ApiOperation({ summary: 'Rename a portfolio' })
  @ApiOkResponse({ type: PortfolioAnswer })
  change(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('portfolio') id: string,
    @Body() { name }: PortfolioChange,
  ): Promise<PortfolioAnswer> {
    return this.portfolios.rename(ctx, reader, id, name);
  }

  @Delete(':portfolio')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a portfolio' })
  @ApiNoContentResponse()
  remove(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('portfolio') id: string,
  ): Promise<void> {
    return this.portfolios.remove(ctx, reader, id);
  }

  @Get(':portfolio/topics/:type/:topicKey')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'Get one topic of a portfolio' })
  @ApiOkResponse({ type: TopicDto })
  async topic(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('portfolio') id: string,
    @Param('type') type: string,
    @Param('topicKey') key: string,
  ): Promise<TopicDto> {
    const { topics } = await this.portfolios.read(ctx, reader, id);
    const found = topics.find((topic) => topic.type === type && topic.key === key);
    if (!found) throw notFound('This topic');
    return found;
  }

  @Put(':portfolio/topics/:type/:topicKey')
  @ApiOperation({ summary: 'Add a topic to a portfolio' })
  @ApiOkResponse({ type: PortfolioAnswer })
  addTopic(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('portfolio') id: string,
    @Param('type') type: string,
    @Param('topicKey') key: string,
  ): Promise<PortfolioAnswer> {
    return this.portfolios.addTopic(ctx, reader, id, type, key);
  }

  @Delete(':portfolio/topics/:type/:topicKey')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a topic from a portfolio' })
  @ApiNoContentResponse()
  removeTopic(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('portfolio') id: string,
    @Param('type') type: string,
    @Param('topicKey') key: string,
  ): Promise<void> {
    return this.portfolios.removeTopic(ctx, reader, id, type, key);
  }
}
