/*
 * Excerpts of about 20 characters from comments that were written to measure language detection.
 */
export const LANGUAGE_EXCERPTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    af: `
      Die regering moes van | die begin af na die | munisipaliteite geluister | Hoeveel geld het hulle
      regtig aan daardie | Ek woon al twintig | jaar hier en het nog | nooit so iets gesien
      Die artikel vergeet | heeltemal van ouer | mense sonder 'n motor | Dit is altyd dieselfde
      mense wat die rekening | Daar is te min onderwysers | en niemand doen iets | Dankie vir so 'n
      deeglike verslag oor | Politici belowe alles | voor elke verkiesing | My buurman het sy huis
      verlede somer verkoop
    `,
    ar: `
      كان على الحكومة أن | تستمع إلى البلديات منذ | كم من المال أنفق حقا | أعيش هنا منذ عشرين
      عاما ولم أر شيئا كهذا | المقال ينسى تماما كبار | السن الذين لا يملكون | نفس الناس دائما يدفعون
      هناك نقص في المعلمين | ولا أحد يفعل شيئا
    `,
    cs: `
      Vláda měla od začátku | naslouchat obcím | Kolik peněz se vlastně | za ten most utratilo
      Bydlím tady dvacet let | a nikdy jsem nic | takového neviděl | Článek úplně zapomíná
      na starší lidi bez | Účet nakonec platí | pořád ti stejní lidé | Ve školách chybí
      učitelé a nikdo s tím | Děkuji za tak důkladný | Politici před volbami | slibují hory doly
      Můj soused prodal dům | Proč radši nepíšete o
    `,
    da: `
      Regeringen burde have | lyttet til kommunerne | Hvor mange penge har | de egentlig brugt på
      Jeg har boet her i | tyve år og aldrig set | Artiklen glemmer helt | de ældre som ikke har
      Det er altid de samme | mennesker der skal | betale regningen | Skolerne mangler
      lærere og ingen gør | Tak for en grundig | gennemgang af sagen | Politikerne lover
      meget før hvert eneste | Min nabo solgte sit | hus for det dobbelte | Hvorfor skriver I ikke
      om sygehusene i stedet
    `,
    de: `
      Die Regierung hätte | von Anfang an auf die | Gemeinden hören sollen | Wie viel Geld wurde
      für diese Brücke | eigentlich ausgegeben | Ich wohne seit zwanzig | Jahren hier und habe
      so etwas nie gesehen | Der Artikel vergisst | völlig die Älteren | Am Ende zahlen immer
      dieselben Leute die | In den Schulen fehlen | Lehrer und niemand | unternimmt etwas
      Vielen Dank für diese | gründliche Darstellung | Vor jeder Wahl versprechen | die Politiker das
      Blaue vom Himmel | Mein Nachbar hat sein | Haus letzten Sommer | Warum schreibt ihr
      nicht lieber über die
    `,
    el: `
      Η κυβέρνηση έπρεπε να | ακούσει τους δήμους | Πόσα χρήματα ξοδεύτηκαν | για αυτή τη γέφυρα
      Μένω εδώ είκοσι χρόνια | και δεν έχω δει κάτι | Το άρθρο ξεχνά τους | ηλικιωμένους που δεν
      έχουν αυτοκίνητο | Πάντα οι ίδιοι πληρώνουν | Στα σχολεία λείπουν | δάσκαλοι και κανείς
      δεν κάνει τίποτα | Ευχαριστώ για την | αναλυτική παρουσίαση | Πριν από κάθε εκλογές
      υπόσχονται πολλά
    `,
    en: `
      The government should | have listened to the | councils from the | How much money did
      they actually spend on | I have lived here for | twenty years and never | seen anything like it
      The article completely | forgets older people | It is always the same | people who have to pay
      Schools are short of | teachers and nobody | does anything about it | Thanks for such a
      thorough account of | Politicians promise | the moon before every | My neighbour sold his
      house for double last | Why not write about | the hospitals instead
    `,
    es: `
      El gobierno tendría | que haber escuchado a | los ayuntamientos | desde el principio
      Cuánto dinero se han | gastado realmente en | Llevo veinte años | viviendo aquí y nunca
      había visto nada igual | El artículo se olvida | por completo de los | mayores que no tienen
      Siempre son los mismos | los que acaban pagando | Faltan profesores en | las escuelas y nadie
      Gracias por explicar | el caso con tanto | Los políticos prometen | la luna antes de cada
      Mi vecino vendió su | casa por el doble el | Por qué no escriben | mejor sobre los hospitales
    `,
    fi: `
      Hallituksen olisi | pitänyt kuunnella | kuntia heti alusta | Kuinka paljon rahaa
      siihen siltaan oikein | Olen asunut täällä | kaksikymmentä vuotta | enkä ole nähnyt mitään
      Jutussa unohdetaan | kokonaan vanhukset | joilla ei ole autoa | Aina samat ihmiset
      joutuvat maksamaan | Kouluissa on pulaa | opettajista eikä | kukaan tee mitään
      Kiitos asiallisesta ja | perusteellisesta | Poliitikot lupaavat | kaikenlaista ennen
      Naapurini myi talonsa | Miksi ette kirjoita | mieluummin sairaaloista
    `,
    fr: `
      Le gouvernement aurait | dû écouter les communes | Combien d'argent a | vraiment été dépensé
      J'habite ici depuis | vingt ans et je n'ai | jamais vu une chose | L'article oublie
      complètement les | personnes âgées sans | Ce sont toujours les | mêmes qui paient la
      Il manque des enseignants | dans les écoles et | personne ne fait rien | Merci pour cette
      présentation très | Les politiques promettent | la lune avant chaque | Mon voisin a vendu sa
      maison le double l'été | Pourquoi ne pas parler | plutôt des hôpitaux
    `,
    hu: `
      A kormánynak az elejétől | hallgatnia kellett | volna az önkormányzatokra | Mennyi pénzt költöttek
      valójában arra a hídra | Húsz éve élek itt és | soha nem láttam ilyet
      A cikk teljesen megfeledkezik | az autó nélküli idősekről | Mindig ugyanazok az | emberek fizetik a
      Az iskolákban nincs | elég tanár és senki | Köszönöm az ügy ilyen | alapos bemutatását
      A politikusok minden | választás előtt fűt-fát | A szomszédom tavaly | nyáron eladta a házát
      Miért nem inkább a | kórházakról írtok
    `,
    it: `
      Il governo avrebbe | dovuto ascoltare i | comuni fin dall'inizio | Quanti soldi hanno
      speso davvero per quel | Vivo qui da vent'anni | e non ho mai visto | niente di simile
      L'articolo dimentica | del tutto gli anziani | Alla fine sono sempre | gli stessi a pagare il
      Nelle scuole mancano | gli insegnanti e | nessuno fa niente | Grazie per aver spiegato
      la vicenda con tanta | I politici promettono | di tutto prima di ogni | Il mio vicino ha
      venduto la casa l'estate | Perché non scrivete | invece degli ospedali
    `,
    nl: `
      De regering had vanaf | het begin naar de | gemeenten moeten | Hoeveel geld is er
      eigenlijk aan die brug | Ik woon hier al twintig | jaar en heb nog nooit | Het artikel vergeet de
      ouderen zonder auto | Het zijn altijd dezelfde | mensen die de rekening | Er zijn te weinig
      leraren op school en | niemand doet iets | Bedankt voor de grondige | uitleg van deze zaak
      Politici beloven | gouden bergen voor | Mijn buurman heeft | zijn huis vorige zomer
      Waarom schrijven | jullie niet over de
    `,
    no: `
      Regjeringen burde ha | hørt på kommunene helt | Hvor mye penger har de | egentlig brukt på den
      Jeg har bodd her i | tjue år og aldri sett | Artikkelen glemmer | helt de eldre som ikke
      Det er alltid de samme | folkene som må betale | Skolene mangler lærere | og ingen gjør noe med
      Takk for en grundig | gjennomgang av saken | Politikerne lover gull | og grønne skoger før
      Naboen min solgte | huset sitt i fjor | Hvorfor skriver dere | ikke om sykehusene
    `,
    pl: `
      Rząd powinien był od | początku słuchać | Ile pieniędzy naprawdę | wydano na ten most
      Mieszkam tu od dwudziestu | lat i czegoś takiego | Artykuł całkiem zapomina | o starszych ludziach
      Zawsze ci sami ludzie | muszą płacić rachunek | W szkołach brakuje | nauczycieli i nikt nic
      Dziękuję za tak dokładny | Politycy przed wyborami | obiecują gruszki na | Mój sąsiad sprzedał
      dom zeszłego lata | Dlaczego nie piszecie | raczej o szpitalach
    `,
    pt: `
      O governo devia ter | ouvido as câmaras | Quanto dinheiro foi | mesmo gasto naquela
      Moro aqui há vinte | anos e nunca vi nada | O artigo esquece | completamente os | idosos que não têm
      São sempre os mesmos a | pagar a conta no fim | Faltam professores nas | escolas e ninguém faz
      Obrigado por explicar | o caso com tanto | Os políticos prometem | tudo antes de cada
      O meu vizinho vendeu a | casa no verão passado | Por que não escrevem | antes sobre os hospitais
    `,
    ro: `
      Guvernul ar fi trebuit | să asculte primăriile | Câți bani s-au cheltuit | de fapt pe podul acela
      Locuiesc aici de | douăzeci de ani și | n-am văzut așa ceva | Articolul uită complet
      de bătrânii care nu au | Mereu aceiași oameni | plătesc nota de plată | Lipsesc profesori din
      școli și nimeni nu | Mulțumesc pentru o | prezentare atât de | Politicienii promit
      orice înainte de | Vecinul meu și-a | vândut casa vara | De ce nu scrieți mai | bine despre spitale
    `,
    ru: `
      Правительство должно | было с самого начала | Сколько денег на самом | деле потратили на этот
      Живу здесь двадцать | лет и ничего подобного | В статье совсем забыли | о пожилых людях без
      Всегда одни и те же | люди платят по счетам | В школах не хватает | учителей и никто
      ничего не делает | Спасибо за подробный | рассказ об этом деле
    `,
    sv: `
      Regeringen borde ha | lyssnat på kommunerna | Hur mycket pengar har | de egentligen lagt på
      Jag har bott här i | tjugo år och aldrig | sett något liknande | Artikeln glömmer helt
      bort äldre som inte | Det är alltid samma | människor som får | Skolorna saknar lärare
      och ingen gör något åt | Tack för en grundlig | genomgång av ärendet | Politikerna lovar guld
      och gröna skogar inför | Min granne sålde sitt | hus förra sommaren | Varför skriver ni inte
      om sjukhusen i stället
    `,
    tr: `
      Hükümet en başından | belediyeleri dinlemeliydi | O köprüye gerçekten ne | kadar para harcandı
      Yirmi yıldır burada | yaşıyorum böyle bir | Yazı arabası olmayan | yaşlıları tamamen
      Hesabı her zaman aynı | Okullarda öğretmen | eksik ve kimse bir şey | Konuyu bu kadar ayrıntılı
      anlattığınız için | Siyasetçiler her | seçimden önce çok söz
    `,
    uk: `
      Уряд мав від самого | початку слухати громади | Скільки грошей насправді | витратили на цей міст
      Живу тут двадцять | років і нічого такого | У статті зовсім забули | про літніх людей без
      Завжди ті самі люди | платять за рахунками | У школах бракує вчителів | і ніхто нічого не
      Дякую за такий докладний
    `,
  }).map(([language, texts]) => [language, texts.split(/[\n|]/).flatMap((text) => text.trim() || [])]),
);
