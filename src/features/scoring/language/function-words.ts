/*
 * The small words by which languages in Latin letters are told apart, folded to lower case with their accents. Words
 * that mean something in English chat ("die", "me", "no", "a") are evidence for English as well, so they stand in both.
 */
const of = (words: string): readonly string[] => words.trim().split(/\s+/);

export const FUNCTION_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: of(`the a an and or but if then so because of to in on at by for with from about into over after before is are
    was were be been being am isn't aren't wasn't don't doesn't didn't can't won't i'm you're he's she's it's that's
    they're we're i've i'll you'll do does did has have had will would can could should may might must not no yes i you
    he she it we they me him her us them my your his its our their this that these those there here who what when where
    why how which all any some more most other only just very too than as up out off down again never always ever now
    people said say says get got go going make know think want like one two new good bad u ur lol wtf smh tbh ok yeah
    dont cant wont im youre thats theyre die men man so true nice great agreed thanks comment comments hoe son
    war fat hat kind den met dat van tot ten al la me on or tu ton pas plus hum hur pour mine page nick fun era data far alle
    art gift rot bad hell bald boot brief fast gut herd kin mist most not rat stern tag tod wand wind hub list loss angst`),
  de: of(`der die das und oder aber nicht ist sind war waren wird werden wurde hat haben hatte ich du er sie es wir ihr
    ein eine einen einem einer eines kein keine mit von zu zum zur auf für im den dem des auch nur noch schon wie was
    wer wo warum wenn dann dass daß weil als bei nach aus über unter gegen durch ohne um mich mir dich dir sich uns
    euch mein dein sein unser kann können muss müssen soll will wollen so ja nein doch mal sehr mehr immer wieder hier
    jetzt diese dieser dieses alle alles man nichts etwas halt eben endlich warum gibt geht macht machen wäre hätte`),
  nl: of(`de het een en of maar niet is zijn was waren wordt worden heeft hebben had ik jij je hij zij ze wij we jullie
    u van te op voor met in aan bij uit over door om naar ook nog al wel dan dat dit die deze wat wie waar waarom hoe
    als omdat geen mijn jouw haar hun ons onze er zo ja nee kan kunnen moet moeten zal zou wil heel meer altijd weer
    hier nu niks iets eens echt gewoon toch maar`),
  af: of(`die 'n en of maar nie is was het word sal sou kan kon moet wil ek jy hy sy ons julle hulle jou my u dit wat wie
    waar hoekom wanneer hoe as omdat want dat om te van vir met aan by uit oor deur na toe op in nog ook al net baie
    meer altyd nooit weer hier nou niks iets alles hierdie daardie ja nee regtig mense almal geen wees gaan doen sê asseblief
    dankie daar dan ander`),
  fr: of(`le la les un une des du de et ou mais ne pas est sont était été être a ont avait avoir je tu il elle on nous
    vous ils elles ce cet cette ces ça c'est n'est j'ai d'un d'une qu'il qu'on qui que quoi dont où quand comment
    pourquoi pour par sur sous dans avec sans chez vers plus moins très trop bien aussi encore toujours jamais rien tout
    tous toute toutes mon ma mes ton ta tes son sa ses notre votre leur leurs se si y en au aux même comme fait faire
    peut faut va oui non merci`),
  es: of(`el la los las un una unos unas y o pero no es son era fue ser está están estar he ha han había yo tú él ella
    nosotros ustedes vosotros ellos ellas me te se nos le les lo su sus mi mis tu tus este esta estos estas ese esa eso
    esto que qué quien quién cuando cuándo donde dónde como cómo porque por para con sin de del en al a más menos muy
    también todavía siempre nunca nada algo todo todos toda todas ya si sí hay hace hacer puede gracias otra otro vez
    estoy`),
  pt: of(`o a os as um uma uns umas e ou mas não é são era foi ser está estão estar há tem têm tinha eu tu ele ela nós
    vocês você eles elas me te se nos lhe seu sua seus suas meu minha este esta esse essa isso isto que quem quando onde
    como porque por para com sem de do da dos das em no na nos nas ao à mais menos muito também ainda sempre nunca nada
    algo tudo todos já sim fazer pode obrigado outra outro vez pelo pela`),
  it: of(`il lo la i gli le un uno una e o ma non è sono era erano essere ha hanno aveva avere io tu lui lei noi voi
    loro mi ti si ci vi questo questa questi queste quello quella che chi quando dove come perché per con senza di del
    della dei delle dal dalla da in nel nella su sul al alla ai più meno molto anche ancora sempre mai niente nulla
    qualcosa tutto tutti tutta già se sì no c'è fare può grazie hai ho sei siamo`),
  sv: of(`och eller men inte är var vara har hade jag du han hon den det vi ni de dom mig dig sig oss er min din sin ett
    en som att på av för med till från om i under över efter när där här hur vad vem varför så nu mycket mer också
    bara alltid aldrig ingen inget något allt alla kan ska skulle måste vill ja nej igen helt`),
  da: of(`og eller men ikke er var være har havde jeg du han hun den det vi i de mig dig sig os jer min din sin et en
    som at på af for med til fra om under over efter når hvor hvordan hvad hvem hvorfor så nu meget mere også bare
    altid aldrig ingen intet noget alt alle kan skal skulle må vil ja nej igen helt`),
  no: of(`og eller men ikke er var være har hadde jeg du han hun den det vi dere de meg deg seg oss min din sin et en ei
    som at på av for med til fra om under over etter når hvor hvordan hva hvem hvorfor så nå mye mer også bare alltid
    aldri ingen noe alt alle kan skal skulle må vil ja nei igjen helt`),
  fi: of(`ja tai mutta ei on oli ovat olla ole minä sinä hän me te he se tämä tuo nämä ne mitä mikä kuka missä milloin
    miksi miten kun jos että koska niin nyt hyvin myös vain aina koskaan mitään jotain kaikki voi pitää kyllä joka
    kuin sitten vielä`),
  pl: of(`i w na z do nie to jest są był była było być ma mają ja ty on ona ono my wy oni się mnie cię go jej ich mój
    twój swój ten ta te ci który która które co kto kiedy gdzie dlaczego jak bo że żeby czy ale lub albo po od za przez
    przy dla bez o u już jeszcze tylko też bardzo więcej zawsze nigdy nic coś wszystko wszyscy tak tym tego może`),
  cs: of(`a i v ve na z ze do ne je jsou byl byla bylo být má mají já ty on ona ono my vy oni se mě tě ho jí jejich můj
    tvůj svůj ten ta to ti který která které co kdo kdy kde proč jak protože že aby ale nebo po od za přes při pro bez
    už ještě jen také velmi více vždy nikdy nic něco všechno tak jsem jste`),
  ro: of(`și sau dar nu este sunt era fost fi are au avea eu tu el ea noi voi ei ele mă te se ne vă acest această acesta
    aceasta ce cine când unde de cum pentru că în din la cu fără pe prin mai foarte încă doar tot toate niciodată nimic
    ceva da nici`),
  hu: of(`a az és vagy de nem van volt vannak lesz én te ő mi ti ők ez azt ezt hogy mert ha akkor ki mit mikor hol miért
    hogyan csak már még is nagyon több mindig soha semmi valami minden igen kell lehet meg el egy`),
  tr: of(`ve veya ama değil var yok bir bu şu o ben sen biz siz onlar ne kim nerede neden nasıl çünkü eğer gibi için ile
    de da mi mı çok daha her hiç hep şey ki olan olarak sonra evet hayır yine kadar diye`),
  id: of(`dan atau tapi tidak bukan ada adalah ini itu saya kamu dia kami kita mereka yang untuk dengan di ke dari pada
    karena kalau jika apa siapa kapan mana bagaimana sudah belum akan bisa harus lebih sangat juga hanya semua lagi ya`),
  vi: of(`và hoặc nhưng không là có của cho với từ trong này đó tôi bạn anh chị nó chúng người những các một được bị đã
    đang sẽ rất cũng chỉ khi nếu vì thì mà gì ai sao nào như`),
};

/** Letters that hardly stand in texts of other languages than these. */
export const LETTERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/[ß]/u, ['de']],
  [/[äöü]/u, ['de', 'sv', 'fi', 'hu', 'tr']],
  [/[ñ¿¡]/u, ['es']],
  [/[ãõ]/u, ['pt']],
  [/[çêèùœàâîô]/u, ['fr', 'pt', 'it']],
  [/[áíóú]/u, ['es', 'pt', 'cs', 'hu']],
  [/[åø]/u, ['sv', 'da', 'no']],
  [/[æ]/u, ['da', 'no']],
  [/[ąęłżśźćń]/u, ['pl']],
  [/[řěůčšž]/u, ['cs']],
  [/[șțăâî]/u, ['ro']],
  [/[őű]/u, ['hu']],
  [/[ığş]/u, ['tr']],
  [/[đơưạảấầậắặẹếềệọốồộớờợụứừựỳỹ]/u, ['vi']],
];
