/*
 * Abusive words in languages that the model does not support, for the languages that the widget offers. They have
 * dictionary spelling: `WordList` sees through accents, disguises and stretched letters. `*` stands for any letters.
 * The lists are short on purpose: words that are rude only in one sense are left to moderators.
 */
export interface ForeignWords {
  readonly profanity: readonly string[];
  /** Used about a person. */
  readonly insult: readonly string[];
  /** Used about people because of who they are. */
  readonly slur: readonly string[];
}

const of = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

export const FOREIGN_WORDS: Readonly<Record<string, ForeignWords>> = {
  de: {
    profanity: of(
      'scheiße, scheiß, scheiss*, beschissen*, fick, ficken, fickt, gefickt, fotze, verpiss*, arsch',
    ),
    insult:
      of(`arschloch, arschlöcher, arschgeige, wichser, hurensohn, hurensöhne, hure, schlampe, miststück, drecksau,
      dreckschwein, vollidiot*, dummkopf, trottel, volltrottel, schwachkopf, spast, spasti, missgeburt, vollpfosten,
      halt die fresse, halt dein maul, halts maul, leck mich, fick dich, du idiot, du opfer`),
    slur: of(
      'kanake*, neger, nigger*, schwuchtel*, judensau, untermensch*, kameltreiber, zigeunerpack, scheiß ausländer',
    ),
  },
  fr: {
    profanity:
      of(`merde, merdique*, putain, bordel de merde, foutre, va te faire foutre, chier, fait chier, bite,
      couilles, niquer, nique`),
    insult:
      of(`connard*, connasse*, conne, con, salope*, salaud*, enculé*, pute, putes, fils de pute, ta gueule,
      ferme ta gueule, abruti*, crétin*, débile*, bâtard*, ordure, enfoiré*, trou du cul, nique ta mère, va crever`),
    slur: of(
      'bougnoule*, youpin*, nègre*, négro*, pédé*, tapette, tarlouze*, bicot*, sale arabe*, sale juif*, sale noir*',
    ),
  },
  es: {
    profanity: of(
      'mierda, joder, jodido, coño, carajo, chingar*, chingada, verga, cagar, me cago en*, hostia puta',
    ),
    insult:
      of(`puta, puto, hijo de puta, hijos de puta, hijueputa, gilipollas, jilipollas, soplapollas, chupapollas, cabrón, cabrones, pendejo*, imbécil*,
      capullo, subnormal*, zorra, malparido*, culero*, vete a la mierda, que te jodan, cállate la boca, pedazo de mierda`),
    slur: of(
      'sudaca*, maricón, maricones, marica, negrata*, moro de mierda, moros de mierda, judío de mierda, panchito*',
    ),
  },
  it: {
    profanity: of(
      'cazzo, cazzi, merda, minchia, puttanata*, vaffanculo, fanculo, culo, porca puttana, che palle',
    ),
    insult:
      of(`stronzo, stronza, stronzi, coglione, coglioni, puttana, troia, bastardo, bastardi, figlio di puttana,
      testa di cazzo, pezzo di merda, deficiente, cretino, imbecille, va a cagare, chiudi quella bocca`),
    slur: of(
      'frocio, froci, ricchione, ricchioni, terrone, terroni, negro di merda, negri di merda, zingaro di merda, sporco ebreo',
    ),
  },
  pt: {
    profanity: of('merda, caralho, porra, foda-se, foder, fodido, buceta, cacete, puta que pariu, bosta'),
    insult:
      of(`filho da puta, filhos da puta, puta, otário*, desgraçado*, vagabundo, vagabunda, cuzão, babaca, imbecil,
      corno, arrombado*, vai tomar no cu, vai se foder, cala a boca, lixo humano`),
    slur: of('viado, viados, bicha, preto de merda, macaco de merda, judeu de merda, sapatão, retardado*'),
  },
  nl: {
    profanity: of('kut, kutzooi, godverdomme, klote, klotezooi, neuken, tering, kanker, tyfus, schijt'),
    insult:
      of(`klootzak*, lul, eikel, hoer, hoerenzoon, trut, teef, mongool, debiel*, sukkel, kankerlijer*, teringlijer*,
      tyfuslijer*, kutwijf, rot op, hou je bek, krijg de tering, krijg de kanker`),
    slur: of('flikker, flikkers, nikker*, kutmarokkaan*, kutturk*, vieze jood, roetmop*, zwartjoekel*'),
  },
  af: {
    profanity: of('fok, fokken, fokkin, fokkol, fokof, fokop, befok*, kak, poes, naai, jou moer, se moer'),
    insult:
      of(`poephol*, poesgesig, doos, dose, drol, teef, hoer, hoere, domkop*, dommeling, idioot, moegoe*, bliksemse,
      vuilgoed, jou vark, jou hond, fok jou, jou ma se poes, hou jou bek, bek toe, voetsek, voertsek, gaan kak, loop kak`),
    slur: of('kaffer*, kaffir*, hotnot*, koelie*, houtkop*, bobbejaan mense, moffie, moffies, boesman'),
  },
  ar: {
    profanity: of('خرا, خراء, زب, زبي, كس, طيز, نيك, ينيك, منيك*, تفو عليك'),
    insult:
      of(`غبي, غبية, أغبياء, الغبي, أحمق, حمقاء, الأحمق, حقير*, الحقير*, وضيع, تافه*, حيوان, يا حمار, يا كلب, يا خنزير,
      يا حيوان, ابن كلب, ابن الكلب, أولاد الكلب, ابن حرام, ابن الحرام, ابن العاهرة, شرموط*, الشرموط*, عاهرة, عاهرات, قحبة,
      قحاب, منيوك, كسمك, كس أمك, كس أختك, زبالة, اخرس, يلعنك, لعنة عليك, الله يلعنك`),
    slur: of(
      'زنجي, زنوج, الزنوج, خول, خولات, لوطي, لواطي, يهودي قذر, يهود قذرين, أحفاد القردة, عبيد قذرين, صليبي قذر, رافضي نجس',
    ),
  },
};
