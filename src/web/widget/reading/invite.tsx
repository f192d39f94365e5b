import type { Refusal } from '../../kit/wire.js';
import type { App } from './app.js';

/** The gate's sentence and the one way in, where there is one. */
export function Invite({ app, refusal, small }: { app: App; refusal: Refusal; small?: boolean }) {
  const { code, requiredTier, url, message } = refusal;
  const tier = requiredTier?.name ?? '';
  const come = () => (app.cameFor = 'comment');
  return (
    <div class={small ? 'invite small' : 'invite'}>
      <p>{message}</p>
      {code === 'signed-out' && (
        <button
          class="main"
          onClick={() => {
            come();
            app.emit('signin', refusal, true);
          }}
        >
          {app.t('signIn')}
        </button>
      )}
      {(code === 'tier-required' || code === 'entitlement-ended') && (
        <a
          class="main"
          href={url}
          role={url ? undefined : 'button'}
          tabIndex={0}
          onClick={(event) => {
            come();
            if (!app.emit('upgrade', refusal, true)) event.preventDefault();
          }}
        >
          {!tier ? app.t('getAny') : app.t(code === 'tier-required' ? 'get' : 'renew', { tier })}
        </a>
      )}
    </div>
  );
}
