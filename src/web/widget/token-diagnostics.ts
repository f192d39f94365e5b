/* eslint-disable no-console -- the console is where the developer looks */
import type { Session } from './session.js';

interface Refusal {
  detail?: string;
  problems?: { claim: string; message: string }[];
}

/**
 * The development mode (attribute `debug`): asks for the thread once more, as a developer, and has the browser's console
 * say what is wrong with the reader's token, or with the page's origin.
 */
export async function logTokenProblems(session: Session): Promise<void> {
  const { api, host } = session;
  // A token that was refused is not in the session any more.
  const token = host.token ?? (await host.getToken?.());
  const headers: Record<string, string> = { 'postbag-debug': '1' };
  if (token) headers['authorization'] = `Bearer ${token}`;
  // The server looks at the page's address only where it does not know the story.
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
