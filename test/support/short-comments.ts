/*
 * Comments of one to five words, and short ones in languages that the scorer does not support. Written for the specs.
 */

const linesOf = (text: string): string[] => text.split(/[\n|]/).flatMap((line) => line.trim() || []);

export const SHORT_ENGLISH = linesOf(`
  lol | Well said | +1 | ikr | Trump again | Go Arsenal! | So true | This. | Same here | Nope | Agreed! | Spot on
  Good point | Not again... | Who cares? | Source? | Nice one | Thanks for this | Great article | What a mess
  About time | Shame on them | RIP | Vote them out | Wake up people | Never again | No thanks | Yes please | Oh dear
  Told you so | Fair enough | My thoughts exactly | Poor kids | Lock him up | Brilliant! | Disgraceful | Typical Tories
  Macron must go | Well done Zelensky | Labour or Conservative? | Boris strikes again | Sad day for Texas | Haha
  Hahaha brilliant | omg | smh | tbh I agree | lmao same | Cannot wait | I give up | Absolutely! | Exactly this
  Whatever | Meh | Wow | Wow just wow | Why though? | Why not both? | Bring it on | God bless you | Happy birthday Anna
  Congratulations Novak | Messi is better | Liverpool will win | 100% agree | 2 weeks later | Ok boomer | First!
  Me too | You're right | Don't think so | Can't believe it | It's over | They'll never learn | She's brave
  That's enough | Isn't it obvious? | Let's see | No comment | Bad news | Fake news | Good news at last | Follow the science
  Read the article | Paywall again | Clickbait | Lazy journalism | Excellent reporting | Beautiful photos | Lovely story
  Get well soon | Stay safe everyone | Be kind | Hear hear | Here we go | Enough already | What about Scotland?
  Hello from Cape Town | Greetings from Munich | Lima is lovely | I love Paris | Free Palestine | Slava Ukraini from Leeds
  Climate hoax | Tax the rich | Eat the rich | Defund the BBC | Save the NHS | Build more houses | Ban them all
  soooo true | Yesssss | Noooo way | defo | cheers mate | ta | bravo! | yikes | oof | duh | huh? | amen | yup | nah
  Deffinately not | Totaly agree | wierd decision | Goverment lies | Ridiculus prices | im speechless | dont buy it
  Time will tell | Money talks | Follow the money | Follow the law | Judges are right | Resign now | Strike now
  So proud of Ireland | Kenya wins | Proteas for the cup | Springboks! | Chiefs lost again | Eskom again | Loadshedding
  Rubbish | Nonsense | Hogwash | Codswallop | Utter tripe | Bless him | Bless her heart | What a goal | What a save
  Offside! | Penalty, clearly | Referee was blind | VAR is broken | Good riddance | Welcome home | Safe travels
  Sorry to hear that | Thoughts and prayers | My condolences | Rest in peace, Diana | Long live the King | God save us
  Anyone else? | Any updates? | More please | Less of this | Can confirm | Citation needed | Correlation, not causation
  Not my president | Our next president | Impeach | Lame | Weak | Pathetic excuse | Priceless | Hilarious | Interesting
`);

/** Texts without words, so they have no language and nothing in them can stay unscored. */
export const WORDLESS = [
  '+1',
  '👍👍👍',
  '100 %',
  '2:1',
  '...',
  '???',
  ':)',
  ':D',
  '<3',
  '3 + 4 = 7',
  'https://a.example/x',
  '@ann',
  '❤️',
  '☕️ 🙋🏽‍♂️',
  '1️⃣',
  '(dailymail.co.uk)',
  '[smh.com.au](https://www.smh.com.au/x)',
  'iol.co.za',
];

export const SHORT_FOREIGN: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    de: 'Ich hoffe du verreckst. | Vergasen sollte man die | Halt die Fresse | Geh sterben | Alle abschieben | Das stimmt nicht | Lügenpresse | Volksverräter | Ab ins Lager mit denen | Endlich sagt es jemand | So ein Quatsch | Verpiss dich | Was für eine Schande',
    nl: 'Kutmarokkanen | Rot op naar je eigen land | Hou je bek | Ik hoop dat je sterft | Wat een onzin | Helemaal mee eens | Klootzak | Allemaal opsluiten | Krijg de tering | Eindelijk iemand die het zegt',
    fr: 'Ta gueule | Crève | Va mourir | Sale race | Retourne chez toi | Je suis d’accord | Quelle honte | Bien dit | Dehors les étrangers | Nique ta mère | C’est faux | Il faut les pendre',
    es: 'Ojalá te mueras. | Puta | Cállate la boca | Vete a tu país | Eso es mentira | Hijo de perra | Qué vergüenza | Muérete | Estoy de acuerdo | Fuera inmigrantes | Hay que matarlos a todos',
    it: 'Devi morire | Vergogna | Torna a casa tua | Sei una merda | Che schifo | Spero che tu muoia | Sono d’accordo | Bisogna ammazzarli tutti | Chiudi il becco',
    pt: 'Vai morrer | Cala a boca | Que vergonha | Volta para a tua terra | Filho da puta | Concordo plenamente | Bandido bom é bandido morto | Tomara que morra | Isso é mentira',
    pl: 'Zdychaj | Zamknij się | Wracaj do siebie | Do gazu z nimi | Wstyd i hańba | Zgadzam się | Co za bzdury | Powinni cię zabić',
    cs: 'Chcípni | Drž hubu | Táhni domů | Souhlasím | To je lež | Všechny je postřílet | Ostuda',
    sv: 'Håll käften | Hoppas du dör | Åk hem | Jävla idiot | Jag håller med | Vilken skam | Skjut dem alla',
    da: 'Hold kæft | Jeg håber du dør | Skrid hjem igen | Sikke noget vrøvl | Det er løgn | Skyd dem alle',
    no: 'Hold kjeft | Jeg håper du dør | Dra hjem igjen | For noe tull | Det er løgn',
    fi: 'Turpa kiinni | Toivottavasti kuolet | Painu kotiisi | Olen samaa mieltä | Mikä häpeä',
    hu: 'Fogd be a pofád | Dögölj meg | Menj haza | Egyetértek | Micsoda szégyen',
    ro: 'Taci din gură | Sper să mori | Du-te acasă | Ce rușine | Sunt de acord',
    sk: 'Zdochni | Drž hubu | Choď domov | Súhlasím | To je hanba',
    sl: 'Utihni | Crkni | Pojdi domov | Se strinjam | Kakšna sramota',
    hr: 'Začepi | Crkni | Idi kući | Slažem se | Kakva sramota | Sve ih treba pobiti',
    af: 'Hou jou bek | Ek hoop jy vrek | Gaan terug huis toe | Dit is nie waar nie | Ek stem saam | Julle moet almal doodgaan | Jou ma se poes',
    tr: 'Geber | Kapa çeneni | Umarım ölürsün | Ülkene geri dön | Katılıyorum | Ne utanç verici | Hepsini asmak lazım',
    ar: 'اخرس | أتمنى أن تموت | عد إلى بلدك | أوافق | هذا كذب | يا كلب',
    ru: 'Сдохни | Заткнись | Да! | Согласен | Убирайся домой | Это ложь | Надеюсь, ты умрёшь',
    uk: 'Здохни | Замовкни | Згоден | Це брехня',
    el: 'Σκάσε | Ψόφα | Συμφωνώ | Ντροπή σας',
    sw: 'Nyamaza mjinga wewe | Natumaini utakufa | Rudi kwenu',
    zu: 'Thula wena silima | Buyela ekhaya',
    id: 'Mati saja kamu | Diam bodoh | Pulang ke negaramu',
    vi: 'Chết đi | Câm mồm lại | Đồ ngu',
    zh: '去死吧 | 滚出去',
    ja: '死ね | くたばれ',
  }).map(([language, texts]) => [language, linesOf(texts)]),
);

/** Words of other languages, obfuscated like English insults. */
export const DISGUISED_FOREIGN = [
  'K.u.t.m.a.r.o.k.k.a.n.e.n',
  'Kutm@rokkanen',
  '#Kutmarokkanen',
  'Arschl0ch',
  'k*tmarokk*nen',
  'VERGASEN SOLLTE MAN DIE',
  'vergasen sollte man die!!!!!',
  'Verrrreckt alle',
];
