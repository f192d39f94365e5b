import { ValidateBy } from 'class-validator';
import { Id, Instant, Int, ListOf, Text, TextList, Url } from '../../platform/http/fields.js';

const isOrigin = (value: unknown): boolean => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(value);
  return (
    ['http:', 'https:'].includes(protocol) && pathname === '/' && search + hash + username + password === ''
  );
};

/** Scheme, host and port only. */
const Origins = (options: { optional?: boolean } = {}): PropertyDecorator => {
  const rules = [
    TextList({
      ...options,
      minItems: 1,
      maxItems: 50,
      max: 300,
      description: 'Origins of the pages that show the stories: scheme, host and port.',
      example: ['https://news.example', 'http://localhost:8080'],
    }),
    ValidateBy(
      {
        name: 'origin',
        validator: {
          validate: isOrigin,
          defaultMessage: () => 'each value in $property must be an origin such as https://news.example',
        },
      },
      { each: true },
    ),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
};

const name = { max: 120, pattern: /\S/, patternMessage: '$property must not be blank' };

export class NewSite {
  @Text({ ...name, description: 'The name shown to readers and moderators.', example: 'The Example Ledger' })
  name: string;

  @Origins() origins: string[];

  @Url({ optional: true, nullable: true, description: 'Where readers of the site sign in.' })
  signInUrl?: string | null;
}

export class SiteChange {
  @Text({ ...name, optional: true }) name?: string;
  @Origins({ optional: true }) origins?: string[];
  @Url({ optional: true, nullable: true }) signInUrl?: string | null;
}

export class SiteAnswer {
  @Id() id: string;
  @Text() name: string;
  @TextList() origins: string[];
  @Url({ nullable: true }) signInUrl: string | null;
  @Instant() createdAt: string;
  @Instant() updatedAt: string;
}

export class NewSiteAnswer extends SiteAnswer {
  @Text({
    description: 'Secret for signing reader tokens with HS256, used as its UTF-8 text. Shown only this once.',
  })
  ssoSecret: string;
}

export class SitePage {
  @ListOf(() => SiteAnswer) items: SiteAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export const MAX_TIERS = 100;
const TIER_KEY = /^(?!anyone$|signed-in$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export class TierDto {
  @Text({
    max: 64,
    pattern: TIER_KEY,
    patternMessage:
      '$property may contain only letters, digits, ".", "_" and "-", and must not be "anyone" or "signed-in"',
    example: 'insider-gold',
  })
  key: string;

  @Text({ ...name, max: 80, example: 'Insider Gold' }) name: string;
  @Int({ description: 'A tier with a higher rank includes everything that lower ones allow.', example: 30 })
  rank: number;

  @Url({ optional: true, nullable: true, description: 'Where a reader can subscribe to this tier.' })
  upgradeUrl?: string | null;

  @Text({
    optional: true,
    nullable: true,
    max: 80,
    description: 'Badge shown beside the names of readers with this tier.',
  })
  badge?: string | null;
}

export class TierAnswer extends TierDto {
  @Url({ nullable: true, description: 'Where a reader can subscribe to this tier.' }) override upgradeUrl:
    string | null;

  @Text({ nullable: true, max: 80, description: 'Badge shown beside the names of readers with this tier.' })
  override badge: string | null;
}
