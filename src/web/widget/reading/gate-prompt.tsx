import type { Refusal } from '../../kit/api-types.js';
import type { App, Intent } from '../thread/app.js';
import { gateSentence } from './gate-sentence.js';

/** The gate's sentence and the one way in, where there is one. */
export function GatePrompt(props: {
  app: App;
  refusal: Refusal;
  /** What is refused; left out: to comment. */
  action?: Intent['action'] | undefined;
  /** To which comment. */
  id?: string | undefined;
  /** Instead of the gate's sentence. */
  text?: string | undefined;
  small?: boolean;
}) {
  const { app, refusal, small, action = 'comment', id = '' } = props;
  const { code, requiredTier, url } = refusal;
  const tier = requiredTier?.name ?? '';
  const upgrade = code === 'tier-required' || code === 'entitlement-ended';
  const Way = upgrade && url ? 'a' : 'button';
  return (
    <div class={small ? 'invite small' : 'invite'} part="invite">
      <p>{props.text ?? gateSentence(app, refusal, action)}</p>
      {(upgrade || code === 'signed-out') && (
        <Way
          class="main"
          part="button"
          type={Way === 'button' ? 'button' : undefined}
          href={Way === 'a' ? url : undefined}
          onClick={(event: Event) => app.interactive?.leavePage(app, event, refusal, { action, id })}
        >
          {!upgrade
            ? app.t('signIn')
            : !tier
              ? app.t('getAny')
              : app.t(code === 'tier-required' ? 'get' : 'renew', { tier })}
        </Way>
      )}
    </div>
  );
}
