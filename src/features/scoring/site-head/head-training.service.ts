import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { newId, type DecisionId, type SiteId } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { scoreByModel, shippedScorer } from '../model/shipped-model.js';
import { labelsOf, type Labelled } from './decision-labels.js';
import type { LabelledText } from './head-corpus.js';
import { HumanDecisions } from './human-decisions.js';
import { isRead, MAX_DECISIONS, MAX_SUGGESTED } from './learned-from.js';
import { SiteHeadRepository, type SuggestedText } from './site-head.repository.js';
import { SiteHeads } from './site-heads.js';
import { trainHead, type LabelFigures, type TrainedHead } from './train-head.js';
import { TRAIN_SITE_HEAD, trainJobFor, type TrainSiteHeadPayload } from './train-site-head.job.js';

const LOOK_EVERY_MS = 10 * 60_000;
const AT_MOST_EVERY_MS = 6 * 60 * 60_000;
/** So many new decisions are worth a training. */
const NEW_DECISIONS = 50;
const MAX_SITES = 20;

interface Judged {
  readonly through: DecisionId | null;
  readonly texts: LabelledText[];
}

/** Trains sites' heads on what their people decided, and lets one take over where it is better and the site allows. */
@Injectable()
export class HeadTraining implements OnModuleInit {
  private readonly logger = new Logger('site-heads');

  constructor(
    private readonly database: Database,
    private readonly heads: SiteHeadRepository,
    private readonly atWork: SiteHeads,
    private readonly decisions: HumanDecisions,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly handlers: JobHandlers,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(
      TRAIN_SITE_HEAD,
      (payload) => this.train(payload),
      (payload) => this.giveUp(payload),
    );
    this.ticker.every('sites-to-learn', LOOK_EVERY_MS, () => this.look());
  }

  /** Adds a training for every site whose people decided enough since the last one. */
  async look(): Promise<void> {
    const before = new Date(this.clock.nowMs() - AT_MOST_EVERY_MS);
    const due = await this.database.inSystem((tx) => {
      tx.takesLong();
      return this.heads.sitesToLearn(tx, before, NEW_DECISIONS, modelVersion(), MAX_SITES);
    });
    await this.jobs.add(due.map(trainJobFor));
  }

  async train({ siteId }: TrainSiteHeadPayload): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    const ctx = contextOf(siteId);
    // A site that does not learn is looked at no sooner again than one that does.
    const judged =
      site.policy.moderation.learning === 'off'
        ? null
        : await this.database.inSite(ctx, (tx) => this.read(tx, ctx));
    const texts = judged?.texts ?? [];
    const trained = judged && (await trainHead(texts, scoreByModel, modelVersion()));
    const at = this.clock.now();
    await this.database.inSite(ctx, async (tx) => {
      const { rolledBack } = await this.heads.learned(tx, ctx, {
        at,
        through: judged?.through ?? null,
        texts: texts.length,
        outcome: trained ? 'trained' : 'too-few',
      });
      if (!trained) return;
      const id = newId<'site-head'>();
      const before = await this.heads.list(tx, ctx);
      await this.heads.add(tx, ctx, id, trained, texts.length, at);
      const inForce = before.find(({ state }) => state === 'active');
      if (
        site.policy.moderation.learning === 'take-over' &&
        !rolledBack &&
        isBetter(trained, inForce?.modelVersion === trained.head.modelVersion ? inForce.figures : {})
      ) {
        await this.heads.takeOver(tx, ctx, id, 'rule', at);
        this.logger.log({ event: 'site-head.took-over', siteId, head: id });
      }
      await this.atWork.changed(tx, siteId);
    });
  }

  private async giveUp({ siteId }: TrainSiteHeadPayload): Promise<void> {
    const ctx = contextOf(siteId);
    this.logger.error({ event: 'site-head.training-failed', siteId });
    await this.database.inSite(ctx, (tx) =>
      this.heads.learned(tx, ctx, { at: this.clock.now(), through: null, texts: 0, outcome: 'failed' }),
    );
  }

  private async read(tx: Tx, ctx: SiteContext): Promise<Judged> {
    tx.takesLong();
    const decided = await this.decisions.latest(tx, ctx, MAX_DECISIONS);
    const suggested = await this.heads.suggested(tx, ctx, MAX_SUGGESTED);
    const texts = [
      ...decided.map((each) => ({ text: each.text, labels: labelsOf(each) })),
      ...suggested.map((each) => ({ text: each.text, labels: suggestedLabels(each) })),
    ];
    return {
      through: decided[0]?.decisionId ?? null,
      texts: texts.filter(({ text, labels }) => Object.keys(labels).length > 0 && isRead(text)),
    };
  }
}

const modelVersion = (): string => shippedScorer().model.header.version;

function suggestedLabels({ scores }: SuggestedText): Labelled {
  return Object.fromEntries(
    MODEL_LABELS.flatMap((label) => {
      const value = scores[label]?.value ?? null;
      return value === null ? [] : [[label, value]];
    }),
  );
}

/**
 * Whether a new head may have the say: for some label it beats the shipped model, and where another head has the say,
 * none of that one's labels gets worse by it. Both were measured on texts that no head was trained on.
 */
export function isBetter(
  { figures }: Pick<TrainedHead, 'figures'>,
  inForce: Partial<Record<ModelLabel, LabelFigures>>,
): boolean {
  const gains = MODEL_LABELS.filter((label) => figures[label]?.beats);
  return gains.length > 0 && MODEL_LABELS.every((label) => !inForce[label]?.beats || figures[label]?.beats);
}

const contextOf = (siteId: SiteId): SiteContext => systemContext(siteId, `learn-${siteId}`);
