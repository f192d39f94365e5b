import type { Refusal } from '../../kit/api-types.js';
import type { App, Intent } from '../thread/app.js';
import { gateSentence } from './gate-sentence.js';

/** The gate's message, and a sign-in or upgrade link if there is one. */
export function GatePrompt(props: {
  app: App;
  refusal: Refusal;
  /** The refused action; omitted: comment. */
  action?: Intent['action'] | undefined;
  /** The comment that the action concerns. */
  id?: string | undefined;
  /** Replaces the gate's message. */
  text?: string | undefined;
  small?: boolean;
}) {
  const { app, refusal, small, action = 'comment', id = '' } = props;
  const { code, requiredTier, url } = refusal;
  const tier = requiredTier?.name ?? '';
  const upgrade = code === 'tier-required' || code === 'entitlement-ended';
  const Tag = upgrade && url ? 'a' : 'button';
  return (
    <div class={small ? 'invite small' : 'invite'} part="invite">
      <p>{props.text ?? gateSentence(app, refusal, action)}</p>
      {(upgrade || code === 'signed-out') && (
        <Tag
          class="main"
          part="button"
          type={Tag === 'button' ? 'button' : undefined}
          href={Tag === 'a' ? url : undefined}
          onClick={(event: Event) => app.interactive?.leavePage(app, event, refusal, { action, id })}
        >
          {!upgrade
            ? app.t('signIn')
            : !tier
              ? app.t('getAny')
              : app.t(code === 'tier-required' ? 'get' : 'renew', { tier })}
        </Tag>
      )}
    </div>
  );
}
