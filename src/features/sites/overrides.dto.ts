import { Bool, Instant, ListOf, Nested, Text } from '../../platform/http/fields.js';
import { StoryPolicyPatch } from './policy.dto.js';

const optionalNullable = { optional: true, nullable: true } as const;

export class OverrideDto {
  @Text({ ...optionalNullable, max: 120, description: 'Only for stories with exactly this section.' })
  section?: string | null;

  @Text({ ...optionalNullable, description: 'Only for this story. Cannot be combined with `section`.' })
  storyKey?: string | null;

  @Instant({ ...optionalNullable, description: 'When the override begins. Default: immediately.' }) from?:
    string | null;

  @Instant({
    ...optionalNullable,
    description: 'When the override ends, exclusive. Default: when it is deleted.',
  })
  until?: string | null;

  @Text({ ...optionalNullable, max: 500, description: 'A note for colleagues.' }) note?: string | null;

  @Nested(() => StoryPolicyPatch, {
    description: 'The policy settings to override. All others stay unchanged.',
  })
  policy: StoryPolicyPatch;
}

export class OverrideAnswer extends OverrideDto {
  @Text() key: string;
  @Text({ nullable: true, max: 120 }) override section: string | null;
  @Text({ nullable: true }) override storyKey: string | null;
  @Instant({ nullable: true }) override from: string | null;
  @Instant({ nullable: true, description: 'When the override ends, exclusive.' }) override until:
    string | null;
  @Text({ nullable: true, max: 500 }) override note: string | null;
  @Bool({ description: 'Whether the override is currently in effect.' }) inForce: boolean;
}

export class OverrideList {
  @ListOf(() => OverrideAnswer, {
    description:
      'In the order in which they apply: by start time, earliest first; those of strict mode last.',
  })
  items: OverrideAnswer[];
  @Text({ nullable: true }) next: string | null;
}
