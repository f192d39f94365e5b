/** Words that people use in any language; they are no evidence for the words beside them. */
export const LOAN_WORDS: ReadonlySet<string> = new Set(
  `
  lol lmao rofl lmfao ok okay oki omg wtf thanks thx thanx tnx haha hahaha hehe wow bravo super hi hey hello bye
  yes yeah yep no cool nice sorry please pls bro top fake xd um er ta tut ty yw np hun wut kek gtg pmsl lolz oi
  danke merci gracias grazie dankie obrigado arigato ciao hola adios amigo amigos adieu arrivederci sayonara aloha
  olé inshallah insha'allah mashallah wallah yalla namaste shalom sláinte touché
  touche nein oui si da prego habibi encore maga
`
    .trim()
    .split(/\s+/),
);

/*
 * Phrases of other languages that English texts use unchanged. Without accents and hyphens, as spelled by
 * `withoutAccents`. They are no evidence for the language around them.
 */
const PHRASES = `
  a bout de souffle, a cappella, a la, a la carte, a la mode, a propos, abu dhabi, acche din, achhe din, acqua
  panna, ad astra, ad hoc, ad hominem, ad infinitum, ad lib, ad nauseam, adios amigos, ag shame, aglio e olio,
  agnus dei, aix en provence, al aqsa, al assad, al dente, al fresco, al gore, al jazeera, al pastor, al qaeda, al
  shabaab, al sisi, alba gu brath, alea iacta est, allahu akbar, allez allez allez, allez les bleus, allez les
  rouges, allez les verts, am yisrael chai, ama boko boko, amandla awethu, an garda siochana, an post, ancien
  regime, anne marie, anno domini, annus horribilis, annus mirabilis, apres moi le deluge, arbeit macht frei,
  arigato gozaimasu, arre yaar, art nouveau, asante sana, assalamu alaikum, au fait, au gratin, au pair, au
  revoir, auf wiedersehen, aung san suu kyi, avant garde, ave caesar, ave maria, ay caramba, bab el mandeb, baden
  baden, bafana bafana, ballon d'or, banco santander, banh mi, banyana banyana, beau monde, beaux arts, bella
  ciao, bella donna, belle epoque, ben gvir, ben hur, bete noire, bharat mata ki jai, bild zeitung, bin laden, bin
  salman, bin zayed, bnp paribas, boeuf bourguignon, boko haram, bon appetit, bon mot, bon vivant, bon voyage,
  bona fide, bonne chance, bore da, buenos aires, bus eireann, c'est la guerre, c'est la vie, ca va, cafe au lait,
  cafe con leche, can lah, carmina burana, carpe diem, carte blanche, casa de papel, cause celebre, caveat emptor,
  cead mile failte, ceteris paribus, chacun a son gout, chag sameach, chak de, chak de india, champs elysees, che
  guevara, che sara sara, chicken tikka masala, chili con carne, ciao bella, cinco de mayo, cinema paradiso, coco
  chanel, cogito ergo sum, comme ci comme ca, compos mentis, coq au vin, cordon bleu, corriere della sera, cosa
  nostra, cosi fan tutte, costa brava, costa del sol, costa rica, cote d'azur, cote d'ivoire, coup d'etat, coup de
  grace, coup de theatre, credit agricole, credit suisse, creme brulee, creme de la creme, cri de coeur, crime
  passionnel, croque monsieur, crouching tiger, cuba libre, cui bono, cymru am byth, da vinci, dail eireann, das
  auto, das boot, das kapital, de beers, de bruyne, de burgh, de facto, de gaulle, de gea, de jong, de jure, de
  klerk, de kock, de niro, de rerum natura, de rigueur, de standaard, de telegraaf, de villiers, de volkskrant,
  dei gratia, deja vu, del piero, deng xiaoping, der spiegel, deus ex machina, deutsche bank, deutschland uber
  alles, di canio, di maria, di stefano, dia de los muertos, die antwoord, die burger, die grunen, die linke, die
  mannschaft, die welt, die zeit, dieu et mon droit, dim sum, diolch yn fawr, dolce far niente, domo arigato, domo
  arigato mr roboto, don giovanni, don juan, don quixote, du plessis, dua lipa, dulce de leche, dulce et decorum
  est, dun laoghaire, e pluribus unum, eid mubarak, eire abu, eirinn go brach, ek number, el al, el clasico, el
  mundo, el nino, el pais, el paso, el salvador, el sisi, en bloc, en croute, en masse, en papillote, en route, en
  suite, enfant terrible, enfants terribles, erin go bragh, eskom se push, esprit de corps, estee lauder, et al,
  et cetera, et in arcadia ego, et tu, et tu brute, eva peron, ex gratia, ex nihilo, ex officio, ex post facto,
  fait accompli, faux pas, feliz navidad, femme fatale, feng shui, fianna fail, fiat lux, fiat money, film noir,
  fine gael, foie gras, forca barca, force majeure, forza ferrari, forza inter, forza italia, forza juve, forza
  milan, forza napoli, forza roma, fritto misto, fruits de mer, frutti di mare, g day, ganpati bappa morya,
  gazzetta dello sport, gen x, gen z, gilets jaunes, go raibh maith agat, go raibh mile maith agat, gong xi fa
  cai, good on ya, gorau chwarae cyd chwarae, gott mit uns, gracias amigo, gran canaria, gran turismo, grand prix,
  gung hay fat choy, habeas corpus, habemus papam, haere mai, haere ra, hakuna matata, hala madrid, hamba kahle,
  hanukkah sameach, haricots verts, hasta la vista, hasta la vista baby, hasta manana, haute couture, haute
  cuisine, hen wlad fy nhadau, heroyam slava, ho chi minh, hong kong, honi soit qui mal y pense, hors d'oeuvre,
  huevos rancheros, iarnrod eireann, ich bin ein berliner, iechyd da, il duce, il postino, illegitimi non
  carborundum, in absentia, in camera, in extremis, in flagrante delicto, in loco parentis, in memoriam, in situ,
  in vino veritas, in vitro, inshallah khair, inter alia, ipso facto, is fearr gaeilge briste, ivory coast, ja
  nee, ja no, ja well, ja well no fine, jai bharat, jai hind, jai shree ram, jai shri ram, jambo bwana, je ne sais
  quoi, je suis charlie, jean claude, jean luc, jean paul, joie de vivre, joyeux noel, juan carlos, ka mate, ka
  pai, karibu sana, ke nako, kia kaha, kia ora, kim jong il, kim jong un, kuala lumpur, kung hei fat choy, kya
  baat, kya baat hai, kyrie eleison, l'etat c'est moi, la bamba, la boheme, la casa de papel, la coruna, la dolce
  vita, la grande bellezza, la guardia, la haine, la la la, la la land, la liga, la nina, la paz, la rambla, la
  repubblica, la rochelle, la salle, la scala, la stampa, la traviata, la vanguardia, la vida loca, laissez faire,
  laissez les bons temps rouler, lang may yer lum reek, las palmas, las vegas, le bron, le carre, le creuset, le
  figaro, le havre, le mans, le monde, le pen, lee kuan yew, lese majeste, liberte egalite fraternite, livin la
  vida loca, lok sabha, lorem ipsum, los alamos, los angeles, louis vuitton, magna carta, maigh eo abu, mamma mia,
  mange tout, mao zedong, mardi gras, mare nostrum, marie antoinette, mazel tov, mea culpa, mea maxima culpa, mein
  kampf, memento mori, menage a trois, mens rea, mera bharat mahan, merthyr tydfil, mhuigheo abu, mi casa es su
  casa, mi casa su casa, mia san mia, modus operandi, mon dieu, mont blanc, monte carlo, monte cristo, mot juste,
  moules frites, moulin rouge, mutatis mutandis, na zdorovie, na zdrowie, nadolig llawen, nasi goreng, nasi lemak,
  ne plus ultra, nein nein nein, nemo me impune lacessit, nessun dorma, new deal, ni hao, nil satis nisi optimum,
  nkosi sikelel iafrika, no bueno, no cap, no hablo, no pasaran, no problemo, noblesse oblige, nom de guerre, nom
  de plume, non je ne regrette rien, non sequitur, nos da, notre dame, nouveau riche, novo nordisk, numero uno, o
  sole mio, o tempora o mores, oh la la, ole ole ole, ooh la la, oranje boven, oy gevalt, oy vey, pad thai, pain
  au chocolat, pain au raisin, paisa vasool, panem et circenses, panna cotta, par excellence, pas de deux, pate de
  foie gras, pater noster, pax romana, penblwydd hapus, per annum, per ardua ad astra, per aspera ad astra, per
  capita, per se, persona non grata, petit bourgeois, petits pois, phnom penh, pico de gallo, piece de resistance,
  pina colada, pinot noir, piri piri, plaid cymru, plus ca change, pole sana, port au prince, post hoc ergo
  propter hoc, post mortem, prima donna, prima facie, pro bono, pro rata, pro tem, pro tempore, puerto rico,
  quattro formaggi, que sera sera, quelle horreur, quelle surprise, quid pro quo, quis custodiet ipsos custodes,
  quo usque tandem, quo vadis, quod erat demonstrandum, raidio na gaeltachta, raison d'etre, ramadan kareem,
  ramadan mubarak, real sociedad, reductio ad absurdum, reductio ad hitlerum, requiescat in pace, rio de janeiro,
  roman a clef, roti canai, russia delenda est, sab changa si, sacha ingles, sacre bleu, sagrada familia, saint
  denis, saint tropez, salam alaikum, san antonio, san bernardino, san diego, san francisco, san jose, san juan,
  san marino, sang froid, sans culottes, sans serif, sans souci, santa barbara, santa clara, santa claus, santa
  cruz, santa fe, santa monica, santo subito, sao paulo, saor alba, satyameva jayate, sauvignon blanc, savoir
  faire, savoir vivre, sede vacante, semper fi, shabbat shalom, shana tova, sharp fede, sharp sharp, siamo noi,
  sic semper tyrannis, sic transit, sic transit gloria mundi, sierra leone, sine qua non, sinn fein, slainte
  mhath, slan abhaile, slan go foill, slava ukraini, slava ukrajini, societe generale, soi disant, sotto voce,
  soupe du jour, sri lanka, status quo, steak tartare, sturm und drang, sub judice, sub rosa, subhan allah, succes
  de scandale, sui generis, ta ra, table d'hote, tai chi, tangata whenua, tarte tatin, te amo, te reo, tel aviv,
  tempus fugit, terra incognita, terra nullius, tete a tete, tino pai, tiocfaidh ar la, tom yum, tot siens, tour
  de force, tour de france, tour eiffel, tres leches, trompe l'oeil, tu meke, tu quoque, tutti frutti, u ok hun,
  uachtaran na heireann, uber alles, ubi sunt, ultra vires, una paloma blanca, urbi et orbi, vamos rafa, van de
  ven, van der merwe, van dijk, van dyke, van gogh, van halen, van morrison, vande mataram, vaya con dios, veni
  vidi vici, vice versa, vin de table, vin rouge, vino tinto, vis a vis, visca barca, visca el barca, vitello
  tonnato, viva la revolucion, viva la vida, viva las vegas, viva mexico, viva voce, viva zapata, vive la
  difference, vive la france, vive la revolution, von der leyen, von trapp, vorsprung durch technik, voulez vous,
  voulez vous coucher avec moi, vox pop, vox populi, wah lau, walao eh, wir schaffen das, xi jinping, ya allah,
  yada yada, yada yada yada, yalla habibi, yalla yalla, yma o hyd, ynys mon, yves saint laurent, zama zamas, zut
  alors
`;

/** The words of a phrase as the language detector reads them, without single letters. */
const wordsOf = (phrase: string): string[] =>
  phrase.split(/\s+/).filter((word) => word.length > 1 || /[aiu]/.test(word));

/** Phrases by their first word, longest first. */
const byFirstWord = new Map<string, string[][]>();
for (const phrase of PHRASES.trim().split(/,\s+/)) {
  const words = wordsOf(phrase);
  byFirstWord.set(words[0], [...(byFirstWord.get(words[0]) ?? []), words]);
}
for (const phrases of byFirstWord.values()) phrases.sort((a, b) => b.length - a.length);

/**
 * Returns how many words from an index on are a phrase that English borrowed; 0 if none starts there.
 *
 * @param words in lower case without accents
 */
export function loanPhraseAt(words: readonly string[], at: number): number {
  for (const phrase of byFirstWord.get(words[at]) ?? [])
    if (phrase.every((word, index) => words[at + index] === word)) return phrase.length;
  return 0;
}
