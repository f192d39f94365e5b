import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../../platform/clock.js';
import {
  activeSecrets,
  addSecretVersion,
  type SecretVersion,
} from '../../../platform/config/secret-versions.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../../platform/http/problem.js';
import type { SiteId } from '../../../platform/ids.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import type {
  ExternalScorer,
  LabelUses,
  ScorerKind,
  ScorerKindName,
  ScorerOptions,
  WhenAbsent,
} from './external-scorer.js';
import { ExternalScorerRepository, type ScorerRow, type ScorerState } from './external-scorer.repository.js';
import { kindOf } from './scorer-kinds.js';

/** Limited because every enabled scorer may be called for every comment. */
const MAX_SCORERS = 5;
const OVERLAP_MS = 24 * 60 * 60 * 1000;
const SECRET_BYTES = 32;
const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;
const DEFAULT_TIMEOUT_MS = 2_000;
const MAX_CACHED_SITES = 5_000;
/** Only matters if a process dies between its commit and the invalidation message. */
const CACHE_TTL_MS = 30_000;

/**
 * What a publisher configures. An omitted secret stays unchanged; every other omitted field is reset to its default.
 */
export interface ScorerDraft {
  readonly kind: ScorerKindName;
  readonly name?: string;
  readonly url?: string;
  readonly secret?: string;
  readonly model?: string;
  readonly blog?: string;
  readonly rules?: string;
  readonly band?: ScorerOptions['band'];
  readonly mayRelease?: boolean;
  readonly responseFormat?: ScorerOptions['responseFormat'];
  readonly maxTokens?: number;
  readonly labels?: LabelUses | null;
  readonly languages?: string[];
  readonly timeoutMs?: number;
  readonly callsPerDay?: number | null;
  readonly callsPerMonth?: number | null;
  readonly sendContext?: boolean;
  readonly isShadow?: boolean;
  readonly whenAbsent?: WhenAbsent;
  readonly enabled?: boolean;
}

const missing = (): Error => notFound('This scorer');
const badSecret = (message: string): Error => invalid([{ pointer: '/secret', code: 'bad-secret', message }]);

/** The publishers' external scorers, cached per process for scoring. */
@Injectable()
export class ExternalScorersService implements OnModuleInit, OnModuleDestroy {
  private readonly cache = new LRUCache<SiteId, Promise<readonly ExternalScorer[]>>({
    max: MAX_CACHED_SITES,
    ttl: CACHE_TTL_MS,
  });
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly repository: ExternalScorerRepository,
    private readonly outbound: Outbound,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe('scorers:*', (siteId) => this.cache.delete(siteId as SiteId)),
      this.pubsub.onGap(() => this.cache.clear()),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /** Enabled scorers, sorted by key. Most sites have none. */
  scorersFor(siteId: SiteId): Promise<readonly ExternalScorer[]> {
    let loading = this.cache.get(siteId);
    if (!loading) {
      loading = this.load(siteId);
      this.cache.set(siteId, loading);
      loading.catch(() => this.cache.get(siteId) === loading && this.cache.delete(siteId));
    }
    return loading;
  }

  list(ctx: SiteContext): Promise<ScorerState[]> {
    return this.repository.list(ctx, this.clock.now());
  }

  /** @throws Problem 404 */
  async read(ctx: SiteContext, key: string): Promise<ScorerState> {
    const state = await this.repository.find(ctx, key, this.clock.now());
    if (!state) throw missing();
    return state;
  }

  /**
   * Returns the scorer ready to be called, whether it is enabled or not.
   * @throws Problem 404
   */
  async findCallable(ctx: SiteContext, key: string): Promise<ExternalScorer> {
    return this.openRow(ctx.siteId, await this.read(ctx, key));
  }

  /**
   * @returns the secret if this call generated it; it is not shown again
   * @throws Problem 400 for an invalid URL, secret or option, 409 `too-many-scorers`
   */
  async put(ctx: SiteContext, site: SiteFacts, key: string, draft: ScorerDraft): Promise<string | null> {
    const kind = kindOf(draft.kind);
    const url = draft.url ?? kind.url;
    if (url === null)
      throw invalid([{ pointer: '/url', code: 'required', message: 'A scorer of this kind needs a url.' }]);
    const refusal = await this.outbound.refusalOf(url);
    if (refusal !== null) throw invalid([{ pointer: '/url', code: 'url-refused', message: refusal }]);
    const options = optionsOf(kind, draft, site);
    checkSecret(kind, draft.secret);
    const now = this.clock.now();
    return this.locked(ctx, async (tx, rows) => {
      const before = rows.find((row) => row.key === key);
      if (!before && rows.length >= MAX_SCORERS)
        throw conflict('too-many-scorers', `A site can have at most ${MAX_SCORERS} external scorers.`);
      const currentSecrets =
        before && before.kind === draft.kind ? this.openSecrets(ctx.siteId, before) : null;
      const hasNoSecret = currentSecrets === null && draft.secret === undefined;
      const newSecret = hasNoSecret && !kind.isKeyOptional ? this.newSecret(kind) : null;
      const secret = draft.secret ?? newSecret;
      await this.repository.put(tx, ctx, {
        key,
        kind: draft.kind,
        name: draft.name ?? key,
        url,
        secretsSealed: this.seal(
          ctx.siteId,
          key,
          secret === null
            ? (currentSecrets ?? [])
            : addSecretVersion(currentSecrets, secret, now, OVERLAP_MS),
        ),
        options,
        labels: draft.labels ?? null,
        languages: draft.languages ?? [],
        timeoutMs: draft.timeoutMs ?? kind.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        callsPerDay: draft.callsPerDay ?? null,
        callsPerMonth: draft.callsPerMonth ?? null,
        sendContext: draft.sendContext ?? false,
        isShadow: draft.isShadow ?? false,
        whenAbsent: draft.whenAbsent ?? 'hold',
        enabled: draft.enabled ?? true,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      });
      return newSecret;
    });
  }

  /**
   * Generates a new signing secret. The previous one also signs for a day.
   * @throws Problem 409 for a key that a third party issued
   */
  async rotate(ctx: SiteContext, key: string): Promise<{ secret: string; previousUntil: Date }> {
    const now = this.clock.now();
    return this.locked(ctx, async (tx, rows) => {
      const row = rows.find((one) => one.key === key);
      if (!row) throw missing();
      if (row.kind !== 'signed-http')
        throw conflict(
          'not-our-secret',
          'The operator of this scorer issues its key. Get a new key there and send it with PUT.',
        );
      const secret = newSigningSecret();
      const versions = addSecretVersion(this.openSecrets(ctx.siteId, row), secret, now, OVERLAP_MS);
      await this.repository.put(tx, ctx, {
        ...row,
        secretsSealed: this.seal(ctx.siteId, key, versions),
        updatedAt: now,
      });
      return { secret, previousUntil: new Date(now.getTime() + OVERLAP_MS) };
    });
  }

  async remove(ctx: SiteContext, key: string): Promise<void> {
    await this.locked(ctx, async (tx) => {
      if (!(await this.repository.delete(tx, ctx, key))) throw missing();
    });
  }

  private async locked<T>(ctx: SiteContext, work: (tx: Tx, rows: ScorerRow[]) => Promise<T>): Promise<T> {
    return this.database.inSite(ctx, async (tx) => {
      const result = await work(tx, await this.repository.lock(tx, ctx));
      await this.pubsub.publish(tx, `scorers:${ctx.siteId}`, ctx.siteId);
      return result;
    });
  }

  private async load(siteId: SiteId): Promise<readonly ExternalScorer[]> {
    return (await this.repository.enabled(siteId)).map((row) => this.openRow(siteId, row));
  }

  private openRow(siteId: SiteId, row: ScorerRow): ExternalScorer {
    const { key, kind, name, url, options, languages, timeoutMs, callsPerDay, callsPerMonth } = row;
    const { sendContext, isShadow, whenAbsent } = row;
    return {
      siteId,
      key,
      kind,
      name,
      url,
      options,
      languages,
      timeoutMs,
      callsPerDay,
      callsPerMonth,
      sendContext,
      isShadow,
      whenAbsent,
      labels: usesOf(row),
      secrets: activeSecrets(this.openSecrets(siteId, row), this.clock.now()),
    };
  }

  private newSecret(kind: ScorerKind): string {
    if (kind.name === 'signed-http') return newSigningSecret();
    throw badSecret('A new scorer of this kind needs the key that was issued for it.');
  }

  private openSecrets(siteId: SiteId, row: ScorerRow): SecretVersion[] {
    return JSON.parse(
      this.secrets.open(row.secretsSealed, sealContextOf(siteId, row.key)),
    ) as SecretVersion[];
  }

  private seal(siteId: SiteId, key: string, versions: readonly SecretVersion[]): string {
    return this.secrets.seal(JSON.stringify(versions), sealContextOf(siteId, key));
  }
}

/** How each label is used: the publisher's settings override the kind's defaults. */
export const usesOf = ({ kind, labels }: Pick<ScorerRow, 'kind' | 'labels'>): LabelUses => ({
  ...kindOf(kind).labels,
  ...labels,
});

/** Like `usesOf`, with the built-in labels that a label without `as` is compared with in calibrations. */
export const comparedUsesOf = (row: Pick<ScorerRow, 'kind' | 'labels'>): LabelUses =>
  Object.fromEntries(
    Object.entries(usesOf(row)).map(([label, use]) => [
      label,
      { ...use, as: use.as ?? kindOf(row.kind).comparedAs?.[label] ?? [] },
    ]),
  );

const sealContextOf = (siteId: SiteId, key: string): string => `scorer:${siteId}:${key}`;

const newSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

function checkSecret(kind: ScorerKind, secret: string | undefined): void {
  if (secret === undefined) return;
  if (kind.name === 'signed-http' && !SECRET.test(secret))
    throw badSecret(
      'A signing secret is whsec_ followed by 24 to 64 bytes in base64. Leave it out to have one generated.',
    );
  // It is sent in a header or a form.
  if (!/^[\x21-\x7e]+$/.test(secret)) throw badSecret('A key may contain only visible ASCII characters.');
}

const OPTIONS = ['model', 'blog', 'rules', 'band', 'mayRelease', 'responseFormat', 'maxTokens'] as const;

function optionsOf(kind: ScorerKind, draft: ScorerDraft, site: SiteFacts): ScorerOptions {
  const unknown = [
    ...OPTIONS.filter((option) => draft[option] !== undefined && !kind.options.includes(option)),
    ...(draft.sendContext === true && !kind.carriesContext ? ['sendContext'] : []),
  ].map((option) => ({
    pointer: `/${option}`,
    code: 'unknown-option',
    message: `A scorer of kind ${kind.name} does not take ${option}; leave it out.`,
  }));
  const missing = (kind.requiredOptions ?? [])
    .filter((option) => draft[option] === undefined)
    .map((option) => ({
      pointer: `/${option}`,
      code: 'required',
      message: `A scorer of kind ${kind.name} needs ${option}.`,
    }));
  const band =
    draft.band && draft.band.from >= draft.band.to
      ? [{ pointer: '/band/to', code: 'bad-band', message: 'The band must end above its beginning.' }]
      : [];
  const faults = [...unknown, ...missing, ...band];
  if (faults.length > 0) throw invalid(faults);
  if (kind.name === 'akismet') return { blog: draft.blog ?? site.origins[0] };
  return Object.fromEntries(
    OPTIONS.filter((option) => draft[option] !== undefined).map((option) => [option, draft[option]]),
  );
}
