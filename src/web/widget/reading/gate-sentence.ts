import type { Refusal } from '../../kit/api-types.js';
import type { App, Intent } from '../thread/app.js';

/**
 * Why the reader may not, in the page's language: from what the refusal tells, and in the server's own words where the
 * server speaks that language.
 */
export function gateSentence(app: App, refusal: Refusal, action: Intent['action']): string {
  const { code, message, requiredTier, retryAfter = 0 } = refusal;
  const texts = app.gateTexts as Record<string, string> | undefined;
  if (!texts) return message;
  const tier = requiredTier?.name ?? '';
  const sentence =
    texts[
      retryAfter ? `${code.split('-')[0]}-until` : code === 'signed-out' && tier ? 'tier-required' : code
    ] ?? texts[code];
  // The rarer sentences come later; then what still has none is told by the server.
  if (!sentence) return app.interactive ? message : '';
  return sentence
    .replace('{tier}', tier)
    .replace('{to}', texts[`to${action[0].toUpperCase()}${action.slice(1)}`] ?? '')
    .replace('{when}', () => app.interactive?.formatEnd(app.lang, code, retryAfter) ?? '');
}
