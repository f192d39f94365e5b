import { describe, expect, it } from '@jest/globals';
import {
  DISGUISED_FOREIGN,
  SHORT_ENGLISH,
  SHORT_FOREIGN,
  WORDLESS,
} from '../../../../test/support/short-comments.js';
import { LANGUAGE_EXCERPTS } from '../../../../test/support/language-excerpts.js';
import { UNSEEN_ENGLISH, UNSEEN_FOREIGN } from '../../../../test/support/unseen-comments.js';
import { detect, detectLanguage, unreadLanguage } from './detect-language.js';

const unread = (text: string, readable = ['en'], expected: string[] = []): string | null =>
  unreadLanguage(text, detectLanguage(text, expected), readable);

describe('detectLanguage', () => {
  it.each([
    ['en', 'I disagree with the author.'],
    ['en', 'You are a f*cking 1d10t'],
    ['en', 'Putin is a liar and a thug'],
    ['en', 'My oh my, die hard fans were baffled'],
    ['en', 'What a lovely day in München'],
    ['en', 'The word "спасибо" means thank you.'],
    ['en', 'Merkel said "wir schaffen das" and we all know how that went'],
    ['de', 'Das ist doch totaler Unsinn, und ihr wisst das auch.'],
    ['de', 'Wer hat das denn bezahlt?'],
    ['fr', "Je suis d'accord avec l'auteur, mais pas avec vous."],
    ['es', 'El gobierno miente otra vez'],
    ['it', 'Che vergogna per il nostro paese, non è possibile'],
    ['pt', 'Não concordo com o autor'],
    ['nl', 'Ik ben het er niet mee eens'],
    ['nl', 'Dat is geen goed idee en dat weet je ook wel'],
    ['af', 'Ek stem nie saam met die skrywer nie.'],
    ['af', 'Julle is almal baie dom'],
    ['af', 'Hoekom betaal ons nog vir hierdie gemors?'],
    ['sv', 'Jag håller inte med författaren'],
    ['pl', 'Nie zgadzam się z autorem'],
    ['tr', 'Bu çok kötü bir haber ama doğru değil'],
    ['ru', 'Это очень интересная статья, спасибо автору.'],
    ['uk', 'Це дуже цікава стаття, дякую автору її'],
    ['el', 'Η κυβέρνηση δεν έχει δίκιο'],
    ['zh', '这是一篇非常有意思的文章，谢谢作者'],
    ['ja', 'この記事はとても面白いです'],
    ['ko', '이 기사는 정말 재미있습니다'],
    ['ar', 'هذا المقال مثير للاهتمام جدا'],
    ['ar', 'أنت غبي يا كلب'],
    ['und', 'ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎠᎴ ᎤᏃᏕᎾ'],
  ])('returns %s for %j', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each([
    '',
    '👍👍👍 100%',
    'Да!',
    'lol',
    'Уоu аrе аn іdіоt',
    'Real Madrid 3 Barcelona 1',
    'https://le.la/les/une/des',
  ])('returns no other language than English for %j', (text) => {
    expect(detectLanguage(text) ?? 'en').toBe('en');
  });

  it('names the language of 20 characters on a site in that language and English', () => {
    const pieces = Object.entries(LANGUAGE_EXCERPTS).flatMap(([language, texts]) =>
      texts.map((text) => ({ language, text })),
    );
    const wrong = pieces.filter(({ language, text }) => detectLanguage(text, [language, 'en']) !== language);
    expect(wrong.length > pieces.length * 0.03 ? wrong : []).toEqual([]);
  });

  it('names most languages of 20 characters on a site in English only', () => {
    const pieces = Object.entries(LANGUAGE_EXCERPTS).flatMap(([language, texts]) =>
      texts.map((text) => ({ language, text })),
    );
    const wrong = pieces.filter(({ language, text }) => detectLanguage(text, ['en']) !== language);
    expect(wrong.length > pieces.length * 0.06 ? wrong : []).toEqual([]);
  });

  it.each([
    ['uk', 'Дякую за такий докладний опис справи', ['en']],
    ['uk', 'Живу тут двадцять', ['uk', 'en']],
    ['bg', 'Никой не прави нищо', ['bg']],
    ['ru', 'Никто ничего не делает', ['ru', 'uk']],
    ['ar', 'RT : يا حلو مدري يا', ['en']],
  ])('tells %s from other languages of its script in %j', (language, text, expected) => {
    expect(detectLanguage(text, expected)).toBe(language);
  });

  it('takes bounded time for any text', () => {
    const startedAt = process.cpuUsage();
    for (const piece of ['a', 'der ', "a'", 'ж', '漢', 'é ', '\u0301', 'https://a '])
      detectLanguage(piece.repeat(20_000 / piece.length));
    // Measures CPU time, so that other load on the machine does not matter.
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(500);
  });
});

describe('detect', () => {
  it.each([
    ['I disagree with the author.', 'en', true],
    ['Das ist doch totaler Unsinn, und ihr wisst das auch.', 'de', false],
    ['Great article, thank you. Ich hoffe ihr verreckt alle, ihr Schweine.', 'de', true],
    ['The mayor did what she could. Убирайтесь отсюда', 'ru', true],
    ['I agree. Kankerlijer', 'nl', true],
    ['Это очень интересная статья', 'ru', false],
    ['👍', null, false],
  ] as const)('of %j is %s, partly English: %s', (text, language, hasEnglish) => {
    expect(detect(text, ['en'])).toEqual({ language, hasEnglish });
  });
});

describe('unreadLanguage', () => {
  it('is null for nearly all short English comments', () => {
    const misjudged = SHORT_ENGLISH.filter((text) => unread(text) !== null);
    expect(misjudged.length > SHORT_ENGLISH.length * 0.02 ? misjudged : []).toEqual([]);
  });

  it('is found for nearly all short comments in other languages', () => {
    const foreign = Object.values(SHORT_FOREIGN).flat();
    const missed = foreign.filter((text) => unread(text) === null);
    expect(missed.length > foreign.length * 0.02 ? missed : []).toEqual([]);
  });

  it('is null for nearly all short English comments that were not used for tuning', () => {
    const misjudged = UNSEEN_ENGLISH.filter((text) => unread(text, ['en'], ['en']) !== null);
    expect(misjudged.length > UNSEEN_ENGLISH.length * 0.02 ? misjudged : []).toEqual([]);
  });

  it('is found for nearly all short foreign comments that were not used for tuning', () => {
    const foreign = Object.values(UNSEEN_FOREIGN).flat();
    const missed = foreign.filter((text) => unread(text, ['en'], ['en']) === null);
    expect(missed.length > foreign.length * 0.02 ? missed : []).toEqual([]);
  });

  it.each([
    ['ru', 'Idi nahui suka'],
    ['ru', 'Sdohni tvar'],
    ['ar', 'Ya kalb ibn sharmouta'],
    ['it', "Bell'articolo"],
    ['nl', 'I agree. Kankerlijer'],
    ['de', 'You utter Arschloch'],
    ['de', 'Good point about taxes, du dumme Sau'],
    ['fr', '#FermeTaGueule'],
  ])('is %s for %j', (language, text) => {
    expect(unread(text)).toBe(language);
  });

  it.each(['Crève', 'GehSterben', 'Mátate', 'vsf', 'fdp'])('is found for %j', (text) => {
    expect(unread(text)).not.toBeNull();
  });

  it.each([
    'Klopp in',
    'Kyiv',
    'Coup d’état',
    'C’est la vie',
    'Et tu, Keir?',
    'ftfy',
    'becuase',
    'OpenAI',
    'G’day',
    'Bafana Bafana',
    'Harris deletes TikTok',
    'The mayor is right. C’est la vie.',
    'Great piece. Go raibh maith agat.',
    'I watched it twice. https://www.example.com/watch?v=TrLWaksmkhA',
  ])('is null for %j, which is English with names, loanwords or slang', (text) => {
    expect(unread(text)).toBeNull();
  });

  it.each(DISGUISED_FOREIGN)('is found for %j, even in disguise', (text) => {
    expect(unread(text)).not.toBeNull();
  });

  it.each(WORDLESS)('is null for %j, which has no words', (text) => {
    expect(unread(text)).toBeNull();
  });

  it('is null for a language that another scorer reads', () => {
    expect(unread('Ich hoffe du verreckst.', ['en', 'de'])).toBeNull();
    expect(unread('Ich hoffe du verreckst.', ['en', 'fr'])).toBe('de');
  });

  it('is found for a passage of an English comment, but not for a short quotation', () => {
    expect(unread('Great article, thank you. Ich hoffe ihr verreckt alle, ihr Schweine.')).toBe('de');
    expect(unread('As Merkel said, "wir schaffen das", and we all know how that went.')).toBeNull();
  });

  it.each([
    'Scheißkerl lol',
    'Merda haha',
    'Thanks. Schlampe',
    '#Wichser',
    'I agree with most of this article, well done. Halt dein Maul',
    'The mayor did what she could. Saque a los corruptos de aquí',
    'The mayor did what she could. Убирайтесь отсюда',
    '> The mayor did what she could, and more.\n\nDu bist so dumm',
  ])('is found for %j, despite the English beside it', (text) => {
    expect(unread(text)).not.toBeNull();
  });

  it.each([
    'NHSX',
    'RNLI',
    'The RNLI saved us. DWP did not.',
    'No Carlos',
    'Sophie lied',
    'Guardiola out',
    'Danke Jürgen',
    'Merci!',
    'lol Haaland',
    'Thanks Priyanka',
    'Up the Gunners lol',
    'I waited an hour at Euston. Terrible. Avanti again, and Merkel said "wir schaffen das" once.',
    '> Das ist doch Unsinn, und ihr wisst es.\n\nI disagree with this completely.',
  ])('is null for %j, which is English with names or polite phrases', (text) => {
    expect(unread(text)).toBeNull();
  });

  it.each([
    'Yeah, but those idiotic "poly-hawn obstructionist parade" as you call it are also yourself.',
    'Do you really think aliens care about us? Lel',
    'A violent thug with a badge? I am shocked! /sarc',
    'He is a delusional psychopath. Neohitler.',
  ])('is null for %j, whose unknown words look foreign only by their letters', (text) => {
    expect(unread(text, ['en'], ['en'])).toBeNull();
  });

  it('prefers the languages of the site', () => {
    for (const text of ['Super!', 'Bravo', 'Idiot']) expect(detectLanguage(text, ['de'])).toBe('de');
    for (const text of ['Super!', 'Bravo', 'Idiot']) expect(detectLanguage(text, ['en'])).toBe('en');
  });
});
