/**
 * Neutral words for groups of people; naming them is not an attack. Nationalities are excluded because news is full
 * of them.
 */
export const PROTECTED = (
  'muslim muslims islam jew jews jewish christian christians catholic catholics hindu hindus sikh sikhs buddhist buddhists atheist atheists mormon mormons ' +
  'black blacks african africans whites asian asians arab arabs latino latinos latina latinas hispanic hispanics aboriginal aboriginals aborigines indigenous natives ' +
  'mexican mexicans gypsy gypsies roma romani immigrant immigrants migrant migrants refugee refugees foreigner foreigners asylum illegals ' +
  'gay gays lesbian lesbians homosexual homosexuals bisexual bisexuals trans transgender transgenders transgendered transsexual transsexuals transes queer queers lgbt lgbtq ' +
  'women woman females female girls men disabled autistic autists blind deaf elderly blacks jewess muzlims mozlems muslims somali somalis'
).split(' ');

export const NATIONS = (
  'american americans russian russians ukrainian ukrainians chinese japanese korean koreans indian indians pakistani pakistanis bangladeshi bangladeshis ' +
  'german germans french frenchman english british brits irish scottish welsh italian italians spanish spaniards portuguese greek greeks turk turks turkish ' +
  'polish poles romanian romanians bulgarian bulgarians albanian albanians serb serbs croat croats hungarian hungarians israeli israelis palestinian palestinians ' +
  'iranian iranians iraqi iraqis afghan afghans syrian syrians saudi saudis egyptian egyptians moroccan moroccans algerian algerians nigerian nigerians ' +
  'haitian haitians cuban cubans brazilian brazilians venezuelan venezuelans colombian colombians filipino filipinos vietnamese thai kurds kurdish'
).split(' ');

/** Words that deny people their humanity or disparage a whole group. */
export const DEHUMANISING = (
  'animals animal vermin scum parasites parasite cockroaches cockroach rats rat pigs pig dogs filth filthy trash garbage subhuman subhumans savages savage monkeys monkey apes ape ' +
  'disease diseased cancer plague virus pest pests infestation rapists pedophiles paedophiles pedos terrorists murderers criminals thieves inferior demons barbarians uncivilized ' +
  'abomination abominations degenerates degenerate perverts invaders leeches maggots locusts swine evil ' +
  'livestock cattle mutants headcases lunatics nutters roaches'
).split(' ');
export const DISPARAGING = (
  'stupid dumb lazy dirty smelly disgusting idiots morons liars retarded worthless useless sick freaks scroungers freeloaders greedy sneaky violent untrustworthy uneducated backward ' +
  'backwards unwanted gross vile repulsive mentally crazy hysterical weak cowards thugs crooks ' +
  'repellent thick'
).split(' ');
