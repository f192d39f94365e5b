import type { Refusal } from '../../kit/api-types.js';
import type { App, Intent } from '../thread/app.js';

/**
 * Why the reader may not act, in the page's language. Built from the refusal's fields, or the server's own text if
 * the server supports the language.
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
  // Texts of rarer refusals load later. After that, the server's text is used if there is no translation.
  if (!sentence) return app.interactive ? message : '';
  return sentence
    .replace('{tier}', tier)
    .replace('{to}', texts[`to${action[0].toUpperCase()}${action.slice(1)}`] ?? '')
    .replace('{when}', () => app.interactive?.formatEnd(app.lang, code, retryAfter) ?? '');
}
