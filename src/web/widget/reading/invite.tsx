import type { Refusal } from '../../kit/wire.js';
import type { App } from '../thread/app.js';

/** The gate's sentence and the one way in, where there is one. */
export function Invite({ app, refusal, small }: { app: App; refusal: Refusal; small?: boolean }) {
  const { code, requiredTier, url, message } = refusal;
  const tier = requiredTier?.name ?? '';
  const upgrade = code === 'tier-required' || code === 'entitlement-ended';
  const Way = upgrade && url ? 'a' : 'button';
  return (
    <div class={small ? 'invite small' : 'invite'}>
      <p>{message}</p>
      {(upgrade || code === 'signed-out') && (
        <Way
          class="main"
          type={Way === 'button' ? 'button' : undefined}
          href={Way === 'a' ? url : undefined}
          onClick={(event: Event) => {
            app.cameFor = 'comment';
            if (!app.emit(upgrade ? 'upgrade' : 'signin', refusal, true)) event.preventDefault();
          }}
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
