/** A reader of the demo site. All people here are invented. */
export interface DemoReader {
  readonly key: string;
  readonly name: string;
  readonly tier: string | null;
}

export const TIERS = [
  { key: 'member', name: 'Member', rank: 10 },
  { key: 'insider', name: 'Insider', rank: 20 },
  { key: 'insider-gold', name: 'Insider Gold', rank: 30, badge: 'Gold' },
] as const;

/** The readers that the visitor can sign in as, in the bar at the top of each page. */
export const VISITORS: Readonly<Record<string, DemoReader>> = {
  free: { key: 'visitor-free', name: 'Noor van Wyk', tier: null },
  insider: { key: 'visitor-insider', name: 'Piet Lindqvist', tier: 'insider' },
  gold: { key: 'visitor-gold', name: 'Amara Osei', tier: 'insider-gold' },
};

const gold = (key: string, name: string): DemoReader => ({ key, name, tier: 'insider-gold' });

/** The readers who wrote the sample comments. */
export const REGULARS: readonly DemoReader[] = [
  gold('regular-bram', 'Bram Hollander'),
  gold('regular-thandi', 'Thandi Mokoena'),
  gold('regular-oskar', 'Oskar Weil'),
  gold('regular-lucia', 'Lucía Ferrán'),
  gold('regular-dev', 'Dev Raman'),
  gold('regular-maeve', 'Maeve Brannigan'),
  gold('regular-henk', 'Henk Visagie'),
  gold('regular-ines', 'Inês Carvalho'),
  gold('regular-yusuf', 'Yusuf Adeyemi'),
  gold('regular-greta', 'Greta Solheim'),
  gold('regular-colin', 'Colin Abernethy'),
  gold('regular-sana', 'Sana Malik'),
];
