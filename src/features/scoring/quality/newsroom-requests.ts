/*
 * Finds comments that ask the newsroom a question, correct it or tip it off. The rules are written for precision, since
 * people work through what they find; a comment that they miss is published like any other.
 */

/** Asks about the article, or asks the people who made it. */
export const DIRECTED_QUESTION = 0.9;
/** Asks for a fact that a reporter could find out. */
export const FACTUAL_QUESTION = 0.7;
export const CLEAR_REQUEST = 0.9;

/** Texts are read up to here. The rules do not understand long letters well. */
const MAX_CHARS = 4_000;

const STAFF =
  '(?:the |your |any )?(?:author|writer|reporters?|editors?|journalists?|newsroom|newspaper|paper|columnist|photographer|editorial team|staff)';
/** Parts of an article that a reader can point at. */
const PART =
  "(?:article|piece|story|report|headline|head ?line|title|sub-?heading|subtitle|standfirst|byline|caption|photo|photograph|picture|image|video|clip|audio|podcast|map|chart|graph|graphic|table|infographic|link|url|paragraph|sentence|text|quote|quotation|date|spelling|interview|poll|quiz|series|crossword|newsletter|article’s|article's)";
const ARTICLE =
  '(?:article|piece|story|report|series|interview|chart|graph|map|table|graphic|headline|caption|survey|study|poll|figures?|data|numbers|statistics|photo|picture|video)';
/** What reporters do. */
const REPORTING =
  '(?:ask(?:ed)?|check(?:ed)?|contact(?:ed)?|cover(?:ed|ing)?|explain(?:ed)?|follow(?:ed)? up|interview(?:ed)?|investigat(?:e|ed|ing)|look(?:ed)? into|mean by|mention(?:ed)?|plan(?:ning)? to (?:write|report|publish|cover)|post(?:ed)?|print(?:ed)?|provide|publish(?:ed|ing)?|quot(?:e|ed)|refer(?:red)? to|report(?:ed|ing)?|share|source|speak (?:to|with)|spoke (?:to|with)|talk(?:ed)? (?:to|with)|tell us|updat(?:e|ed|ing)|verif(?:y|ied)|wr(?:ite|ote|itten|iting))';

const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'iu');

/** Questions that expect no answer, or none from a newsroom. */
const RHETORICAL = pattern(
  String.raw`^(?:and|so|but|oh|really|seriously|wow|yeah|right|ok|then)\b`,
  String.raw`\b(?:seriously|honestly|on earth|the hell|the heck|the fuck|possibly|ever learn|for once|these people|this country coming)\b`,
  String.raw`^(?:isn|aren|wasn|weren|don|doesn|didn|can|couldn|won|wouldn|shouldn|hasn|haven|ain)['’]?t\b`,
  String.raw`^(?:is|are|was|do|does|did|will|would|has|have|can|could|should) (?:it|this|that|there|they|we|you|he|she|anyone|anybody|people) (?:not|any|really|just|even|still)\b`,
  String.raw`^who (?:cares?|knows?|needs?|wants?|would|do|does|the)\b(?! (?:own|pay|fund))`,
  String.raw`^what (?:a|an|next|else|did you expect|could|kind of (?:person|people)|about|if|ever|is the (?:point|world|problem|matter)|has (?:the world|this))\b`,
  String.raw`^why (?:should|would|do(?:es)?n['’]?t|do not|can['’]?t|not|bother|do (?:people|they|we|you)|are (?:people|they|we|you)|is it (?:that|always)|must|on)\b`,
  String.raw`^how (?:can|could|dare|stupid|many times|about|come|much (?:longer|more)|long (?:must|do we|will (?:we|they|people)))\b`,
  String.raw`^when (?:will|are|do|did|is) (?:they|people|we|you|he|she|this madness|someone|somebody|anyone|politicians)\b`,
  String.raw`^(?:do|did|are|were|have|has|would|will|can|could|should) (?:you|we|they|people) (?:ever|think|believe|want|expect|serious|kidding|saying|suggesting|joking|happy|blind|know)\b(?! (?:to (?:publish|report|write|cover|follow)|if|when|where|whether|how|who|which))`,
  String.raw`, (?:right|eh|no|yes|huh|ok|is it|isn['’]t it|don['’]t you|do you|are they|aren['’]t they|or what|or not)\s*\?`,
  String.raw`[?!]{3,}|\?!|!\?`,
  String.raw`\b(?:stupid|idiots?|morons?|trash|ignorant|dumb|insane|crazy|liars?|lying|bimbo|thugs?|disgusting|ridiculous|so-called|troll|hypocri\w+)\b`,
  String.raw`^(?:is|are|was|were) (?:there|this|that|it) (?:any(?:one|body)?(?: else)?|no)\b(?! (?:news|update|map|list|link|chance|date|plan))`,
  String.raw`^how (?:is|are|was) (?:that|this|it|they|you|he|she|we)\b`,
  String.raw`^how do (?:we|they|you|i)\b`,
  String.raw`^(?:what|which|who) (?:kind|sort|do you|do they|is more|would|will they|has)\b`,
  String.raw`^(?:was|is|were|are) (?:he|she|they|we)\b`,
);

/** Asks the staff, or asks about the article. "According to the article" alone does not: it only names a source. */
const DIRECTED = pattern(
  String.raw`\b(?:can|could|would|will|did|do|does|have|has|may|are|is|was|were) (?:${STAFF}|you|someone at the (?:paper|newspaper)|anyone at the (?:paper|newspaper))\b(?:\s+(?:please|perhaps|maybe|also|at least|possibly|kindly|consider|try to|able to|going to))*\s+${REPORTING}\b`,
  String.raw`\b(?:does|do|did|has|have|can|could|would|will|is|was) ${STAFF}\b`,
  String.raw`\b(?:is|are|was|were|does|do|did|what|which|who|where|when|why|how|could|can|will)\b.{0,80}\b(?:in|of|from|behind|for|on|to) (?:the|this|that|your|these|those) (?:\w+ ){0,2}${ARTICLE}\b`,
  String.raw`\b(?:that|which|the \w+|what|why|how|where|who) (?:do |did |have |are )?you(?:'ve|’ve)? ${REPORTING}\b`,
  String.raw`\b(?:your|the) (?:reporters?|editors?|journalists?|newsroom|sources?)\b`,
  String.raw`\b(?:part|episode|chapter) (?:two|three|2|3|ii|iii)\b|\bnext (?:part|episode|instalment|installment)\b`,
  String.raw`\b(?:link|source|transcript|full (?:text|report|study|document|list|interview|version|data)|raw (?:data|numbers|figures)|methodology|sample size)\b`,
);

/** Asks for a fact: a time, a place, a number, a name, or whether something exists. */
const FACTUAL = pattern(
  String.raw`^(?:(?:hi|hello|thanks|thank you|excuse me|sorry|just curious|genuine question|serious question|question)[^?]{0,40}[,:.-] ?)?(?:when|where|which|at what time|what time|since when|until when|by when) \w+`,
  String.raw`^how (?:many|much|long|often|far|old|big|high|large|expensive|likely) (?!of a\b)\w+`,
  String.raw`^how (?:is|are|was|were|does|do|did|will) (?:the|this|that|these|those|it|a|an|\p{Lu}\w*|["“'‘])`,
  String.raw`^what (?:is|are|was|were|will|does|do|did|happens?|happened|year|date|percentage|share|number|kind|type|size|exactly)\b`,
  String.raw`^who (?:is|are|was|were|owns?|owned|pays?|paid|funds?|funded|runs?|ran|built|took|wrote|made|decides?|decided|designed)\b`,
  String.raw`^(?:is|are|will|was|were) (?:there|the|this|these|those|an?)\b`,
  String.raw`^(?:does|do|did|has|have) (?:anyone|anybody|someone|somebody|we) (?:here |else |at the \w+ )?(?:know|have|heard?)\b`,
  String.raw`^(?:does|did|has|have|will|can|could) (?:the|this|that|these|those|an?)\b`,
  String.raw`^(?:any|is there any|are there any) (?:news|update|updates|word|information|info|idea when|chance (?:of|to see) (?:a|an|the|some)? ?(?:\w+ )?(?:interview|follow|update|map|list|link|article|report|series))\b`,
  String.raw`^(?:can|could|may) (?:we|i|one|you|somebody|someone|anyone) (?:get|have|see|read|find|know|tell|explain|point)\b`,
);

const INDIRECT = pattern(
  String.raw`\b(?:i|we)(?:['’]d| would) (?:(?:really|also) )?(?:like|love|be (?:interested|curious|glad|grateful)) to (?:know|see|hear|learn|read)\b(?! (?:you|him|her|them|that day|the day))`,
  String.raw`\b(?:please|kindly) (?:explain|clarify|tell us|let us know|publish|provide|share|post)\b`,
  String.raw`\b(?:it would|would) (?:be|have been) (?:good|nice|great|helpful|useful|interesting) (?:to (?:know|see|hear|read)|if (?:you|the ${PART}|the (?:author|paper|reporter)))\b`,
  String.raw`\b(?:i wonder|wondering|i am curious|i['’]m curious|curious) (?:if|whether|how|why|what|when|where|who|which) (?:you|the (?:author|reporter|editors?|journalist|paper)|your)\b`,
);

const NUMBER = String.raw`(?:[$€£]\s?)?\d[\d.,:/]*(?:st|nd|rd|th|%| %| percent| per cent| million| billion)?`;
const NAME = String.raw`["“'‘]?\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){0,3}["”'’]?`;

/** Points at a mistake. These are case-sensitive where names count. */
const CORRECTIONS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:typos?|mis-?spell(?:ed|t|ing)|misspelling|spelling (?:mistake|error)|typing error|grammatical (?:mistake|error)|factual (?:mistake|error)|proof-?read(?:er|ers|ing)?)\b(?! (?:my|his|mine|in my|on my))`,
    'iu',
  ),
  // "Correction: …", "A small correction, …"
  /^(?:(?:a|one|just a|just one|small|minor|slight|quick|tiny|important) )*(?:correction|erratum|error|fact ?check)(?: (?:to|in|for) [^:,.]{1,40})?\s?[:,–—-]/iu,
  // "in 1974, not 1947", "is Katherine, not Catherine"
  new RegExp(
    String.raw`\b(?:is|was|were|are|in|on|at|to|by|from|of|opened|died|born|happened|spelled|spelt|called|named|about|only|costs?|cost|has|have|had) (?:actually |really |in fact |just |only )?${NUMBER}[^.?!]{0,25},? (?:and )?not (?:in |on |at |the |to |by |from )?${NUMBER}`,
    'u',
  ),
  new RegExp(
    String.raw`(?:\b(?:is|was|are|in|to|by|from|of|spelled|spelt|called|named|belongs to|belong to|It['’]s)) (?:actually |really |in fact |the )?${NAME},? (?:and )?not (?:in |to |by |from |of |the )?${NAME}(?=[\s.,;!)]|$)`,
    'u',
  ),
  // "should read …", "should be “their”", "the caption should say"
  new RegExp(
    String.raw`\bshould (?:actually |probably |surely )?(?:read|be spelled|be spelt|have read)\b(?! (?:the|this|it|more|a|books?|your|my)\b)`,
    'iu',
  ),
  new RegExp(String.raw`["“'‘][\p{L}\d ,.-]{1,30}["”'’],? (?:in [^.]{1,40} )?(?:should|must) be ["“'‘]`, 'u'),
  new RegExp(
    String.raw`\bshould (?:be|say) ["“'‘][^"”]{1,30}["”'’],? (?:not|instead of|rather than)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:the|your|this) (?:\w+ )?(?:headline|caption|byline|sub-?heading|standfirst|chart|graph|map|table|date|link)(?: \w+){0,4} should (?:be|say)\b`,
    'iu',
  ),
  // "The article says …, but …"
  new RegExp(
    String.raw`\b(?:(?:the|your|this) (?:\w+ )?${PART}|you|(?:the|your) (?:author|writer|reporter|journalist)) (?:says?|states?|stated|claims?|claimed|writes?|wrote|reads?|shows?|gives?|lists?|puts?|mentions?|mentioned|reports?|reported|implies|suggests?|quotes?) [^?!]{3,120}(?:,|;|\.|–|—) ?(?:but|however|yet|whereas|in fact|actually|in reality|that is (?:wrong|incorrect|not (?:right|correct|true))|that['’]s (?:wrong|incorrect|not (?:right|correct|true))|this is (?:wrong|incorrect|not (?:right|correct|true)))\b(?! (?:i|we) (?:think|believe|feel|agree|disagree|hope|doubt)\b)`,
    'iu',
  ),
  // "You have the wrong photo", "the caption is wrong", "the link is broken"
  new RegExp(
    String.raw`\b(?:wrong|incorrect|outdated|broken|dead|missing|mislabel+ed|duplicate) (?:photo|photograph|picture|image|caption|link|url|date|headline|byline|map|chart|graph|video|paragraph|spelling|quote)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:the|your|this|that|first|second|third|last) (?:\w+ )?(?:headline|caption|byline|photo|picture|link|video|audio|map|chart|graph|table|paragraph|sentence|spelling|date)(?: (?:of|in|to|for|on|under|above|below|given|at) [^.?!]{1,40})? (?:is|are|was|seems?(?: to be)?|looks?) (?:\w+ )?(?:wrong|incorrect|inaccurate|outdated|broken|dead|missing|mislabel+ed|upside down|mixed up|swapped|reversed|misleadingly labelled|cut off|repeated|garbled)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:link|video|audio|player|podcast|map|chart|quiz|crossword|picture|photo)s?(?: \w+){0,4} (?:does not|doesn['’]t|do not|don['’]t|won['’]t|will not|is not|isn['’]t|no longer) (?:work|working|load|loading|open|opening|play|playing|show|works|loads|plays)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:mistake|error|typo|inaccuracy|word (?:is )?missing|missing word|mix-?up)s? (?:is |are )?in (?:the|your|this|that|paragraph) ?(?:\w+ ){0,3}?(?:${PART}|line|figures?|numbers|conversion|calculation|sum|column|name|paragraph)`,
    'iu',
  ),
  new RegExp(
    String.raw`\bthere(?: is|['’]s) (?:a|an|one) (?:\w+ )?(?:typo|word missing|missing word|spelling mistake|factual error)`,
    'iu',
  ),
  new RegExp(
    String.raw`\bplease (?:correct|fix|amend|change|update|check|double-check|replace) (?:the|this|your|that|his|her|their)\b[^.?!]{0,30}${PART}`,
    'iu',
  ),
  /\byou(?: have|['’]ve)? (?:mis-?spell(?:ed|t)|misquoted|misnamed|misidentified|mislabel+ed|mixed up|confused|got [^.?!]{1,30} (?:wrong|mixed up)(?: in the)?|spelled|spelt)\b(?=[^.?!]*(?:name|\p{Lu}\p{Ll}|headline|caption|paragraph|article|wrong|with))/u,
];

/** Offers or points to something worth reporting. */
const TIPS: readonly RegExp[] = [
  new RegExp(
    String.raw`\byou (?:might|may|should|could|ought to|guys should)(?: (?:also|really|want to|wish to|like to|consider))* (?:look(?:ing)? into|investigat(?:e|ing)|report(?:ing)? on|follow(?:ing)? up|writ(?:e|ing) about|cover(?:ing)?|do a (?:story|piece|report|follow-?up)|speak(?:ing)? (?:to|with)|talk(?:ing)? to|interview(?:ing)?|ask(?:ing)? (?:the|about|why|how|who|mr|ms|mrs|for))\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:worth|deserves|merits) (?:a (?:closer look|follow-?up|story|report|piece|call)|looking into|investigating|an? (?:article|investigation)|checking out|reporting on|following up)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:i|we)(?: still|['’]ve| also)?(?: have| can (?:send|share|provide|supply|show|forward)| could (?:send|share|provide)| kept| took|['’]m happy to (?:send|share)| am happy to (?:send|share)) [^.?!]{0,60}\b(?:documents?|photos?|pictures|e-?mails?|videos?|footage|evidence|recordings?|records|letters|minutes|invoices|receipts|screenshots|reports|files)\b[^.?!]{0,60}(?:\bif (?:you|anyone|the|your)\b|\bto (?:your?|the) (?:reporter|newsroom|editor|journalist|paper)|\bfor you\b|\bto prove\b|\bin confidence\b)`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:i|we) (?:can|could|will|would(?: be)?|am|are) ?(?:gladly |happily )?(?:send|share with|forward|show|provide|happy to send|happy to share|glad to send|willing to share) (?:you|your (?:reporter|newsroom|editors?)|the (?:reporter|newsroom|editors?)|them with you)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:how|where) (?:can|do|could|may|should) (?:i|we|one|people) (?:reach|contact|send|write to|get in touch with|speak to|submit)\b[^.?!]{0,40}\b(?:you|your|reporter|newsroom|editors?|journalists?|tips?|paper)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:contact|call|write to|reach|email|message) me\b[^.?!]{0,40}\b(?:if you|for (?:more|the|details|an interview)|and i)|\b(?:happy|willing|ready|glad) to (?:talk|speak) (?:to|with) (?:you|your|a|the) ?(?:reporter|journalist|newsroom|paper)?`,
    'iu',
  ),
  /\b(?:a )?(?:story )?tip for (?:you|your|the) (?:reporters?|newsroom|editors?|journalists?|paper)?\b|\bnews tip\b/iu,
];

/** What looks like a tip or a correction and is not for the newsroom. */
const NOT_FOR_NEWSROOM = pattern(
  String.raw`\b(?:my|your|his|her|their) (?:own )?(?:typo|spelling|typing)\b(?! (?:in|of))`,
  String.raw`\b(?:sorry|excuse|pardon|apologies|forgive|edit|edited)\b[^.?!]{0,30}\b(?:typos?|misspell\w*|spelling)\b`,
  String.raw`\bcorrect me\b`,
);

/** Sentences with the mark that ends them. */
const sentencesOf = (text: string): string[] =>
  text
    .slice(0, MAX_CHARS)
    .split(/(?<=[.?!…]["”'’)]*)\s+(?=["“'‘(]?[\p{Lu}\p{N}])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** Words before a question that do not change it: "Thanks. I may have missed it, but who paid?" */
const LEAD_IN =
  /^(?:(?:hi|hello|thanks?(?: you)?|thank you|great|good|interesting|sorry|excuse me|just curious|genuine question|serious question|honest question|a question|one question|question|out of curiosity|i (?:may|might) have missed (?:it|this)|maybe i missed (?:it|this)|forgive me)[^?,:;–—]{0,40}[,:;–—-]\s*)?(?:but |and |also,? |then,? )?/iu;

/**
 * Whether a text asks something that the newsroom or the author could answer.
 *
 * @param isReply in a reply, "you" is the other reader
 * @returns 0 to 1; rhetorical questions and those to other readers are 0
 */
export function questionScore(text: string, isReply: boolean): number {
  let highest = 0;
  const sentences = sentencesOf(text);
  // Questions about facts are short. In longer texts, and among several questions, a question usually makes a point.
  const isShort = sentences.length <= 3 && (text.match(/\?/g)?.length ?? 0) <= 1;
  for (const sentence of sentences) {
    if (!isReply && INDIRECT.test(sentence)) highest = Math.max(highest, FACTUAL_QUESTION);
    if (!/\?["”'’)]*$/.test(sentence)) continue;
    const question = sentence.slice(LEAD_IN.exec(sentence)?.[0].length ?? 0);
    const isDirected = DIRECTED.test(question) && !(isReply && !new RegExp(STAFF, 'iu').test(question));
    if (RHETORICAL.test(question)) continue;
    if (isDirected) return DIRECTED_QUESTION;
    if (!isReply && isShort && FACTUAL.test(question)) highest = Math.max(highest, FACTUAL_QUESTION);
  }
  return highest;
}

/** Whether a text corrects the article or tips the newsroom off. @returns 0 to 1 */
export function newsroomScore(text: string): number {
  const start = text.slice(0, MAX_CHARS);
  if (NOT_FOR_NEWSROOM.test(start)) return 0;
  return [...CORRECTIONS, ...TIPS].some((rule) => rule.test(start)) ? CLEAR_REQUEST : 0;
}
