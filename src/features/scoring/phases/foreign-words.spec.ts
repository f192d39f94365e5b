import { describe, expect, it } from '@jest/globals';
import { buildPhaseInput } from './phase-input.builder.js';
import { foreignWords } from './foreign-words.js';
import { offLanguage } from './off-language.js';

const scored = (body: string, language: string | null) => foreignWords(buildPhaseInput({ body, language }));

describe('foreign word lists', () => {
  it.each([
    ['de', 'Halt die Fresse, du Idiot', 'insult'],
    ['de', 'Was für eine Sch***e, du Ar5chloch', 'insult'],
    ['fr', 'Espèce de connard', 'insult'],
    ['fr', "C'est de la merde", 'profanity'],
    ['es', 'Eres un gilipoooollas', 'insult'],
    ['it', 'Vaffanculo stronzo', 'insult'],
    ['pt', 'Vai tomar no cu', 'insult'],
    ['nl', 'Wat een klootzak', 'insult'],
    ['af', 'Hou jou bek, jou poephol', 'insult'],
    ['af', 'Fokkol werk in hierdie land', 'profanity'],
    ['af', 'Simpel kaffers', 'identityAttack'],
    ['ar', 'أنت غبي يا ابن الكلب', 'insult'],
    ['ar', 'يا شرمووووطة', 'insult'],
    ['ar', 'كلامك خَرَا', 'profanity'],
    ['ar', 'هؤلاء الزنوج', 'identityAttack'],
    ['nl', 'Rot op, k.u.t.m.a.r.o.k.k.a.a.n', 'identityAttack'],
  ] as const)('of %s find offensive words in %j', (language, body, label) => {
    expect(scored(body, language)[label]!.value).toBeGreaterThanOrEqual(0.7);
    expect(scored(body, language)[label]!.spans.length).toBeGreaterThan(0);
  });

  it('find unmistakable words when the language is unknown', () => {
    expect(scored('Ferme ta gueule', null).insult!.value).toBeGreaterThanOrEqual(0.7);
    expect(scored('Just a bite to eat in Troia', null).profanity!.value).toBe(0);
    expect(scored('Voetsek, jou poephol', null).insult!.value).toBeGreaterThanOrEqual(0.7);
    expect(scored('The Donner party ate kaffir lime', null).identityAttack!.value).toBe(0);
  });

  it.each([
    ['de', 'Die Regierung hat am Dienstag den Haushalt beschlossen, und das ist gut so.'],
    ['fr', "Le gouvernement a voté le budget mardi, et c'est une bonne chose."],
    ['es', 'El gobierno aprobó el presupuesto el martes.'],
    ['af', 'Die regering het die begroting Dinsdag goedgekeur, en dit is goed so.'],
    ['ar', 'أقرت الحكومة الميزانية يوم الثلاثاء وهذا جيد، وقال عبد الله إن كلبه سعيد'],
    ['en', 'You utter Arschloch'],
    ['ja', '政府は予算を可決した'],
  ])('find nothing in a harmless text or without a list for the language: %s %j', (language, body) => {
    for (const score of Object.values(scored(body, language))) expect(score).toEqual({ value: 0, spans: [] });
  });
});

describe('the off-language score', () => {
  const valueOf = (language: string | null, languages: string[]): number =>
    offLanguage(buildPhaseInput({ language, languages })).offLanguage!.value;

  it('is high for a language that the site does not accept', () => {
    expect(valueOf('de', ['en', 'fr'])).toBe(0.9);
    expect(valueOf('fr', ['en', 'fr'])).toBe(0);
    expect(valueOf('und', ['en'])).toBe(0.9);
  });

  it('is 0 when the site accepts any language, or the language is unknown', () => {
    expect(valueOf('de', [])).toBe(0);
    expect(valueOf(null, ['en'])).toBe(0);
  });
});
