import type { Refusal } from '../../kit/api-types.js';
import type { App, Intent } from '../thread/app.js';
import { openComposer, openAccount, withComposer } from './gated-actions.js';
import { findComment, clearHash } from './linked-comment.js';
import { focusComment } from './announce.js';

/** An older intent is not resumed, because readers no longer remember it. */
const RETENTION_MS = 60 * 60_000;

/** The fragment of the URL that a sign-in page returns to. */
const RETURN_HASH = '#postbag-back';

const pendingIntents = new WeakMap<App, Intent>();
const storageKey = ({ session: { host } }: App): string => `postbag:intent:${host.site}:${host.story}`;

/**
 * Saves what the reader is about to do, also on this device, because they may return on another page or in another
 * tab.
 */
export function saveIntent(app: App, intent: Intent): void {
  pendingIntents.set(app, intent);
  try {
    localStorage.setItem(storageKey(app), JSON.stringify({ ...intent, at: Date.now() }));
  } catch {
    // Storage is not available, so the intent lasts only as long as the page.
  }
}

/** Deletes the saved intent. */
function dropIntent(app: App): void {
  pendingIntents.delete(app);
  try {
    localStorage.removeItem(storageKey(app));
  } catch {
    // It was never stored.
  }
}

function readIntent(app: App): Intent | undefined {
  const intent = pendingIntents.get(app);
  if (intent) return intent;
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey(app)) ?? 'null') as
      (Intent & { at: number }) | null;
    if (stored && Date.now() - stored.at < RETENTION_MS) return stored;
  } catch {
    // Storage is not available, or the value is not ours.
  }
  return undefined;
}

/** Sends the reader to sign in or upgrade, and saves what they were about to do. */
export function leavePage(app: App, event: Event, refusal: Refusal, intent: Intent): void {
  if (intent.action !== 'read') {
    saveIntent(app, intent);
    // Sign-in pages return to this URL. Its fragment makes the thread load at once, wherever it is on the page.
    history.replaceState(history.state, '', RETURN_HASH);
  }
  const name = refusal.code === 'signed-out' ? 'signin' : 'upgrade';
  if (!app.emit(name, refusal, true)) event.preventDefault();
}

/** Continues with the saved intent once the gate allows it. */
export async function resumeIntent(app: App): Promise<void> {
  const intent = readIntent(app);
  const { gate } = app.state;
  if (!intent || !gate) return;
  const { action, id } = intent;
  const isAllowed = action === 'me' || gate[action === 'edit' ? 'comment' : action].allowed;
  if (!isAllowed) return;
  dropIntent(app);
  if (location.hash === RETURN_HASH) clearHash();
  if (action === 'me') return openAccount(app, 'comments');
  if (!id) return openComposer(app);
  const top = await findComment(app, id);
  if (!top) return;
  app.folded.delete(top);
  // The comment is on another page of the thread, so show its conversation alone.
  if (!app.state.order.includes(top)) app.onlyId = top;
  if (action === 'reply' || action === 'edit')
    await withComposer(app, id, () => void app.composers.set(id, action), intent);
  else focusComment(app, id, false);
}
