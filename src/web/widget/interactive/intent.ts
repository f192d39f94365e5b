import type { Refusal } from '../../kit/api-types.js';
import type { App, Intent } from '../thread/app.js';
import { openComposer, openAccount, withComposer } from './gated-actions.js';
import { findComment, clearHash } from './linked-comment.js';
import { focusComment } from './announce.js';

/** Who comes back later than this no longer knows what they came for. */
const RETENTION_MS = 60 * 60_000;

const BACK = '#postbag-back';

const here = new WeakMap<App, Intent>();
const nameOf = ({ session: { host } }: App): string => `postbag:intent:${host.site}:${host.story}`;

/** Keeps what the reader is about to do, on this device too: they may come back to another page, or in another tab. */
export function saveIntent(app: App, intent: Intent): void {
  here.set(app, intent);
  try {
    localStorage.setItem(nameOf(app), JSON.stringify({ ...intent, at: Date.now() }));
  } catch {
    // Closed to us: it is kept as long as the page.
  }
}

/** Takes back what was kept. */
function dropIntent(app: App): void {
  here.delete(app);
  try {
    localStorage.removeItem(nameOf(app));
  } catch {
    // It was never there.
  }
}

function readIntent(app: App): Intent | undefined {
  const intent = here.get(app);
  if (intent) return intent;
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(app)) ?? 'null') as (Intent & { at: number }) | null;
    if (kept && Date.now() - kept.at < RETENTION_MS) return kept;
  } catch {
    // Closed to us, or not ours.
  }
  return undefined;
}

/** The reader leaves to sign in or to upgrade; they come back to what they were about to do. */
export function leavePage(app: App, event: Event, refusal: Refusal, intent: Intent): void {
  if (intent.action !== 'read') {
    saveIntent(app, intent);
    // Sign-in pages lead back to this address; with it the thread is read at once, wherever on the page it stands.
    history.replaceState(history.state, '', BACK);
  }
  const name = refusal.code === 'signed-out' ? 'signin' : 'upgrade';
  if (!app.emit(name, refusal, true)) event.preventDefault();
}

/** Goes on with what the reader was about to do, once they may. */
export async function resumeIntent(app: App): Promise<void> {
  const intent = readIntent(app);
  const { gate } = app.state;
  if (!intent || !gate) return;
  const { action, id } = intent;
  const isAllowed = action === 'me' || gate[action === 'edit' ? 'comment' : action].allowed;
  if (!isAllowed) return;
  dropIntent(app);
  if (location.hash === BACK) clearHash();
  if (action === 'me') return openAccount(app, 'comments');
  if (!id) return openComposer(app);
  const top = await findComment(app, id);
  if (!top) return;
  app.folded.delete(top);
  // On another page of the thread: its conversation alone.
  if (!app.state.order.includes(top)) app.onlyId = top;
  if (action === 'reply' || action === 'edit')
    await withComposer(app, id, () => void app.composers.set(id, action), intent);
  else focusComment(app, id, false);
}
