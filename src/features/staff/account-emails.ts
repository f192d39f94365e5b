import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { Tx } from '../../platform/database/database.js';
import { newId, type ModeratorId } from '../../platform/ids.js';
import { isMailAddress } from '../../platform/mail/email.js';
import { Mail } from '../../platform/mail/mail.js';
import { ModeratorEntity } from './moderator.entity.js';

const CHANGE_TEXTS = {
  'password-changed': 'The password of your account was changed.',
  'app-set-up': 'An app for one-time codes was set up for your account.',
  'app-removed': 'The app for one-time codes was removed from your account.',
  'passkey-added': 'A passkey was added to your account.',
  'passkey-removed': 'A passkey was removed from your account.',
  'codes-made': 'New recovery codes were created for your account; the previous ones no longer work.',
  'code-used': 'A recovery code was used to confirm your identity.',
  'link-made': 'Somebody who manages the team of your site created a sign-in link to your account.',
  'sso-connected': 'Your account now signs in with the newsroom’s single sign-on.',
  'factor-reset': 'An owner removed the second factor from your account and ended its sessions.',
} as const;

export type AccountChange = keyof typeof CHANGE_TEXTS;

/**
 * Emails people about changes to how they sign in, so that they notice changes they did not make (ASVS 5.0, 6.3.7).
 * These notices contain no sign-in links.
 */
@Injectable()
export class AccountEmails {
  constructor(
    private readonly mail: Mail,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl' | 'smtpUrl' | 'oidc'>,
  ) {}

  /**
   * Sends an invitation, if emails are configured. With single sign-on, the invited person signs in through it and
   * the email needs no link.
   */
  async invite(
    tx: Tx,
    {
      id,
      email,
      site,
      link,
    }: { id: ModeratorId; email: string | null; site: string; link: { url: string; expiresAt: Date } },
  ): Promise<void> {
    if (this.settings.smtpUrl === null || email === null || !isMailAddress(email)) return;
    const { oidc, publicUrl } = this.settings;
    const instruction = oidc
      ? [`Sign in with ${oidc.name}:`, '', `${publicUrl}/console/`]
      : [`This link signs you in once, until ${timeOf(link.expiresAt)} UTC. Do not share it.`, '', link.url];
    await this.mail.enqueue(tx, {
      siteId: null,
      key: `invitation-${id}-${newId(this.clock.nowMs())}`,
      to: email,
      subject: `Moderate comments on ${site}`,
      text: [
        `You have been invited to moderate the comments on ${site} with Postbag.`,
        '',
        ...instruction,
      ].join('\n'),
    });
  }

  /** Call it in the transaction that makes the change. An account without an address gets no email. */
  async notifyOfChange(tx: Tx, id: ModeratorId, change: AccountChange, to: string | null): Promise<void> {
    if (to === null || !isMailAddress(to)) return;
    const at = timeOf(this.clock.now());
    await this.mail.enqueue(tx, {
      siteId: null,
      key: `account-${change}-${id}-${newId(this.clock.nowMs())}`,
      to,
      subject: 'Your sign-in to Postbag was changed',
      text: [
        `${CHANGE_TEXTS[change]} (${at} UTC)`,
        '',
        'If this was you, you do not need to do anything.',
        '',
        await this.remedySentence(tx, id),
      ].join('\n'),
    });
  }

  private async remedySentence(tx: Tx, id: ModeratorId): Promise<string> {
    const account = await tx.manager.getRepository(ModeratorEntity).findOneBy({ id });
    const { oidc } = this.settings;
    if (oidc && !account?.passwordHash)
      return `If it was not you, sign in with ${oidc.name} and check "Sign-in and security" in the console. If you cannot sign in, contact an owner of your site and the administrator of that sign-in service.`;
    return 'If it was not you, sign in, change your password and check "Sign-in and security" in the console. If you cannot sign in, ask an owner of your site to reset your second factor and send you a new link.';
  }
}

const timeOf = (at: Date): string => at.toISOString().replace('T', ' ').slice(0, 16);
