/* eslint-disable no-console -- the console is where the developer looks */
import type { Session } from './session.js';

interface Refusal {
  detail?: string;
  problems?: { claim: string; message: string }[];
}

/**
 * Debug mode (attribute `debug`): requests the thread again in debug mode and logs problems with the reader's token
 * or the page's origin to the browser's console.
 */
export async function logRefusal(session: Session): Promise<void> {
  const { api, host } = session;
  // The session no longer contains a token that was refused.
  const token = host.token ?? (await host.getToken?.());
  const headers: Record<string, string> = { 'postbag-debug': '1' };
  if (token) headers['authorization'] = `Bearer ${token}`;
  // The server only uses the page's URL if it does not know the story.
  const query = host.url ? `?${new URLSearchParams({ url: host.url })}` : '';
  const response = await fetch(api.base + session.path(`/comments${query}`), {
    headers,
    credentials: 'omit',
  });
  if (response.ok) return;
  const { detail, problems = [] } = (await response.json()) as Refusal;
  console.error(`[postbag] ${response.status}: ${detail}`);
  for (const { claim, message } of problems) console.error(`[postbag] token, ${claim}: ${message}`);
}
