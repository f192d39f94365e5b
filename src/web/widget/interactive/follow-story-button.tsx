import { BellPlus } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../thread/app.js';
import { IconButton } from './icon-button.js';

/** Follows or unfollows the story. The bell shows new comments on followed stories. */
export function FollowStoryButton({ app }: { app: App }) {
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
  return (
    <IconButton
      name={t(follows ? 'unfollow' : 'follow')}
      node={BellPlus}
      aria-pressed={follows}
      onClick={() => {
        setFollows(!follows);
        session.api.request(follows ? 'DELETE' : 'PUT', path).catch(() => setFollows(follows));
      }}
    />
  );
}
