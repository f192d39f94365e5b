import { deskWords, type DeskWords } from '../strings/desk/index.js';
import type { MineWords } from '../strings/languages.js';
import { mineParts } from '../strings/mine-parts.js';

/** What this page says, in the language of the others. */
export async function words(lang: string): Promise<MineWords & DeskWords> {
  const [{ mine }, desk] = await Promise.all([
    (mineParts[lang.slice(0, 2)] ?? mineParts['en'])(),
    deskWords(lang),
  ]);
  return { ...mine, ...desk };
}
