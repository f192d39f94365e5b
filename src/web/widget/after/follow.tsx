import { BellPlus } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../reading/icon.js';
import type { App } from '../thread/app.js';

/** Follows the story, or lets it go: new comments on it are told by the bell. */
export function Follow({ app }: { app: App }) {
  const { session, t } = app;
  const [follows, setFollows] = useState<boolean | null>(null);
  const path = session.path('/follow');
  useEffect(() => {
    session.api.get<{ following: boolean }>(path).then(
      ({ following }) => setFollows(following),
      () => undefined,
    );
  }, [session]);
  if (follows === null) return null;
  const label = t(follows ? 'unfollow' : 'follow');
  return (
    <button
      class="tool"
      aria-pressed={follows}
      aria-label={label}
      title={label}
      onClick={() => {
        setFollows(!follows);
        session.api.request(follows ? 'DELETE' : 'PUT', path).catch(() => setFollows(follows));
      }}
    >
      <Icon node={BellPlus} />
    </button>
  );
}
