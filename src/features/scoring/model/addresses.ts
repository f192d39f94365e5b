import type { FoldedText } from './folded-text.js';

const [DOT, COLON] = [46, 58];
const [SMALL_H, SMALL_P, SMALL_S, SMALL_T, SMALL_W] = [104, 112, 115, 116, 119];
/** Maximum length of an address that is examined. */
export const LONGEST_ADDRESS = 100;
const BARE_LINK =
  /^((?:[a-z0-9][a-z0-9-]*\.)+(?:com|net|org|info|biz|co|ly|me|tv|io|gl|be|us|uk|de|fr|nl|pl|ru|cn|in|app|xyz|online|site|shop|store|club|top|link|live|gg|to|at|eu|ca|au|tk|cc|ws|vip|fun|win|bid|pro|mobi|dev|ai|ro|cz|jp|br))(?![a-z0-9-])/;
const MAIL = /^[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/;
const SHORTENED =
  /(?:^|\.)(?:bit\.ly|goo\.gl|tinyurl\.com|adf\.ly|ow\.ly|is\.gd|t\.co|cutt\.ly|rb\.gy|t\.me|wa\.me)$/;
const VIDEO = /(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv)$/;

/** Whether a stretch of the text is a link with an explicit prefix: `http:`, `https:`, `www.`. */
export function isUrl({ codes }: FoldedText, from: number, to: number): boolean {
  if (codes[from] === SMALL_W)
    return (
      to - from > 3 && codes[from + 1] === SMALL_W && codes[from + 2] === SMALL_W && codes[from + 3] === DOT
    );
  if (codes[from] !== SMALL_H || to - from < 7) return false;
  if (codes[from + 1] !== SMALL_T || codes[from + 2] !== SMALL_T || codes[from + 3] !== SMALL_P) return false;
  return codes[from + 4] === COLON || (codes[from + 4] === SMALL_S && codes[from + 5] === COLON);
}

/** The host of such a link; empty if there is none. */
export const hostOfUrl = (url: string): string =>
  /^(?:https?:\/\/)?(?:www\.)?([a-z0-9.-]{1,80})/.exec(url)?.[1] ?? '';

/** "watch?v=9bZkp7q19f0": the remainder of a video link on sites that remove links. */
export const isVideoPath = (text: string): boolean => /^watch\?v=[a-z0-9_-]{6,}/.test(text);

/** The host at the start of a link such as "murdev.com" or "bit.ly/x". */
export const bareHostIn = (text: string): string | undefined => BARE_LINK.exec(text)?.[1];

export const isMailAddress = (text: string): boolean => MAIL.test(text);

export function kindOfHost(host: string): 'shortener' | 'video' | null {
  if (SHORTENED.test(host)) return 'shortener';
  return VIDEO.test(host) ? 'video' : null;
}
