import { Id, Instant, OneOf, Text } from '../../platform/http/fields.js';

export const STANDINGS = ['warned', 'suspended', 'banned', 'pre-moderated', 'trusted', 'normal'] as const;
export type RequestedStanding = (typeof STANDINGS)[number];

export class SanctionRequest {
  @OneOf(STANDINGS) standing: RequestedStanding;
  @Instant({ optional: true, nullable: true, description: 'If omitted, the sanction has no end.' }) until?:
    string | null;
  @Text({ max: 500 }) reason: string;
  @Text({ optional: true, max: 2000, description: 'Visible to moderators only.' }) note?: string;
}

export class SanctionAnswer {
  @Id() id: string;
  @Text() name: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) until: string | null;
  @Text({ nullable: true }) reason: string | null;
}
