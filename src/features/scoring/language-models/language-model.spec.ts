import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LANGUAGE_LEVELS } from '../../sites/language-levels.js';
import { decodeLanguageModel, encodeLanguageModel } from './language-model-file.js';
import { languageModel, scoreByLanguageModel } from './language-model.js';

const MODELS = new URL('./models/', import.meta.url);

const ABUSIVE: Readonly<Record<string, readonly string[]>> = {
  ar: ['يا كلب يا ابن الكلب', 'انت حمار وغبي', 'الله يلعنك يا حيوان'],
  de: ['Du bist so ein dummes Stück Scheiße, verpiss dich', 'Halt die Fresse, du Idiot', 'So ein Drecksack'],
  es: ['Callate hijo de puta', 'Eres un imbécil de mierda', 'Vieja ridícula y ladrona'],
  fr: ['Ferme ta gueule sale connard', 'Espèce de pute', 'Va te faire foutre'],
  pl: ['Ty głupi chuju spierdalaj', 'Zamknij ryj idioto', 'Pierdolony debil'],
  pt: ['Vai tomar no cu seu filho da puta', 'Que mulher burra, essa vagabunda', 'Seu idiota'],
  ru: ['Заткнись тварь', 'Ты тупой дебил', 'Пошел нахуй урод'],
  tr: ['Siktir git orospu çocuğu', 'Aptal herif, geri zekalı', 'Şerefsiz piç'],
};
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  ar: ['شكرا على هذا المقال الرائع', 'الطقس جميل اليوم', 'لا أتفق مع الكاتب في هذا'],
  de: [
    'Vielen Dank für den guten Artikel',
    'Ich bin anderer Meinung als der Autor',
    'Wir gehen heute spazieren',
  ],
  es: [
    'Gracias por el artículo, muy interesante',
    'No estoy de acuerdo con el autor',
    'Hoy hace buen tiempo',
  ],
  fr: ['Merci pour cet article', "Je ne suis pas d'accord avec l'auteur", "Il fait beau aujourd'hui"],
  pl: ['Dziękuję za ciekawy artykuł', 'Nie zgadzam się z autorem', 'Dziś jest ładna pogoda'],
  pt: ['Obrigado pelo artigo', 'Hoje o tempo está bom e vamos passear', 'Não concordo com o autor'],
  ru: ['Спасибо за интересную статью', 'Я не согласен с автором', 'Сегодня хорошая погода'],
  tr: ['Çok güzel bir yazı olmuş, teşekkürler', 'Yazara katılmıyorum', 'Bugün hava çok güzel'],
};

const toxicity = (language: string, text: string): number =>
  scoreByLanguageModel(language, text).toxicity!.value;

describe('the models of languages', () => {
  it('exist for each language that has a level, and are small', () => {
    const files = Object.keys(LANGUAGE_LEVELS).map((language) => `${language}.bin`);
    expect(readdirSync(MODELS).sort()).toEqual(files.sort());
    for (const file of files) expect(statSync(new URL(file, MODELS)).size).toBeLessThan(2_000_000);
  });

  it.each(Object.keys(LANGUAGE_LEVELS))('order abusive sentences above harmless ones in %s', (language) => {
    const lowestAbusive = Math.min(...ABUSIVE[language].map((text) => toxicity(language, text)));
    const highestHarmless = Math.max(...HARMLESS[language].map((text) => toxicity(language, text)));
    expect(lowestAbusive).toBeGreaterThan(highestHarmless);
    expect(highestHarmless).toBeLessThan(0.8);
    expect(languageModel(language).header).toMatchObject({ language, labels: ['toxicity'] });
  });

  it('mark the words that the score comes from', () => {
    const text = 'Danke. Du dummes Arschloch';
    const { spans } = scoreByLanguageModel('de', text).toxicity!;
    expect(spans.map(([start, end]) => text.slice(start, end))).toContain('Arschloch');
    expect(scoreByLanguageModel('de', '👍 100 %!').toxicity!.value).toBeLessThan(0.8);
    expect(scoreByLanguageModel('de', '…').toxicity).toEqual({ value: 0, spans: [] });
  });

  it('do not depend on accents, addresses or stretched letters', () => {
    expect(toxicity('fr', 'ESPECE DE PUUUUTE')).toBe(toxicity('fr', 'Espèce de puute'));
    expect(toxicity('de', '@jemand Danke https://example.com/arschloch')).toBe(toxicity('de', 'Danke'));
  });

  it('take less than 2 ms for 300 characters, and bounded time for any text', () => {
    const text = HARMLESS.de.join('. ').repeat(4).slice(0, 300);
    for (let at = 0; at < 100; at++) toxicity('de', text);
    // Measures CPU time, so that other load on the machine does not matter.
    let startedAt = process.cpuUsage();
    for (let at = 0; at < 100; at++) toxicity('de', text);
    expect(process.cpuUsage(startedAt).user / 1000 / 100).toBeLessThan(2);
    startedAt = process.cpuUsage();
    for (const piece of ['a', 'ß', 'du ', '#', '@', '😡', 'ﷺ', 'a\u0301'])
      toxicity('de', piece.repeat(20_000 / piece.length));
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(500);
  });

  it('are refused if the file is cut off or of another kind', () => {
    const bytes = new Uint8Array(readFileSync(new URL('de.bin', MODELS)));
    expect(encodeLanguageModel(decodeLanguageModel(bytes))).toEqual(bytes);
    expect(() => decodeLanguageModel(bytes.subarray(0, bytes.length - 1))).toThrow('cut off');
    expect(() => decodeLanguageModel(bytes.subarray(0, 100))).toThrow('cut off');
    expect(() => decodeLanguageModel(new TextEncoder().encode('PBMODEL3, something else'))).toThrow(
      'not a model',
    );
    expect(() => languageModel('../de')).toThrow('no model');
  });
});
