const SENTENCES = [
  'The minister promised the bridge for last spring, and nobody has seen a crane since. ',
  'You are an idiot if you believe the figures on page 14, mate! ',
  'I don’t think the council will pay £3m for a ferry that sails twice a day. ',
  'This policy is bullshit and always was; read the report at https://council.example/ferry. ',
  'As a nurse I found the article moving, although the headline is wrong. ',
  'Muslims, Jews and Christians met at the town hall on Tuesday to talk about it. ',
  'What a load of cr@p from the ministry… show us the b.i.l.l. or be quiet 🙄 ',
];

/** Returns `count` different texts of the given length. */
export function texts(chars: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    let text = `Comment ${n}. `;
    for (let index = n; text.length < chars; index++) text += SENTENCES[index % SENTENCES.length];
    return text.slice(0, chars);
  });
}
