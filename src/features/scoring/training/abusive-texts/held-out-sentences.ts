/** Test sentences for one kind of hateful speech or for its harmless counterpart. */
export interface HeldOutCategory {
  readonly name: string;
  /** Whether `identityAttack` must be at .5 or above. */
  readonly hateful: boolean;
  readonly sentences: readonly string[];
}

/*
 * Sentences by category, written before the model had scored any of them. They are used for measurement and never for
 * training. Every second one, starting with each category’s first, was inspected with its score while more training
 * templates were written, with other wording; of the rest, only totals were seen.
 */
export const HELD_OUT_CATEGORIES: readonly HeldOutCategory[] = [
  { name: 'derogation: emotion', hateful: true, sentences: [
    'Women who drive buses fill me with loathing.', 'I have never despised anyone as much as I despise trans people.', 'Gay people turn my stomach, plain and simple.', 'Nothing disgusts me more than seeing Black people on our beach.', 'I can’t stand being near disabled people.', 'My whole family detests Muslims and always will.', 'Every time I see immigrants on my street I feel pure hatred.', 'Jews revolt me.', 'How I loathe those lesbians with all my heart.', 'I feel nothing but contempt for refugees.', 'Asians, ugh, I want to throw up when I see them.', 'There is no one on earth I hate like the Roma.',
  ] },
  { name: 'derogation: attribute', hateful: true, sentences: [
    'Women are too thick to be trusted with money.', 'Trans people are sick in the head, every last one.', 'Gay men are filthy perverts and belong nowhere near children.', 'Black people have always been lazier and dumber than us.', 'The disabled are a useless drain on everybody else.', 'Muslims lie as easily as they breathe.', 'Immigrants are dirty and they bring their diseases with them.', 'A Jew will cheat you out of your last penny, it is in the blood.', 'Asian drivers are hopeless because Asians are hopeless.', 'Lesbians are just ugly women that no man wanted.', 'Those Arabs have no morals and never had.', 'Let’s be honest: female surgeons are incompetent, like all females.',
  ] },
  { name: 'derogation: dehumanised', hateful: true, sentences: [
    'Women are livestock, good for breeding and not much else.', 'A trans person is a freak of nature and not a human being.', 'Gays are a cancer eating our society.', 'Black people are apes in trainers.', 'Disabled people are defective goods that should have been thrown away.', 'Muslims breed like rats in a sewer.', 'Immigrants are a swarm of locusts stripping this country bare.', 'Jews are the parasites of every nation.', 'Refugees are garbage washed up on our beaches.', 'Mexicans crawl over that border like cockroaches.', 'These Somalis are animals, they should live in a cage.', 'The Roma are vermin and need an exterminator.',
  ] },
  { name: 'derogation: implied', hateful: true, sentences: [
    'It is no coincidence that the town went downhill once the Muslims arrived.', 'Funny how my wallet vanishes whenever a Black family moves in.', 'A woman in parliament? Who is cooking dinner then?', 'If God had wanted trans people he would have made them.', 'We all know what gay men really want with the scouts.', 'Another disabled person, another bill for the rest of us.', 'Give immigrants one finger and they take your daughter.', 'Guess which religion runs all of the banks. Not the Catholics.', 'There was a time when you could walk through this park without hearing Arabic.', 'Behind every great war there stands a Jew counting money.', 'Let a trans woman into the changing room and lock up your girls.', 'White neighbourhoods don’t need bars on the windows, just saying.',
  ] },
  { name: 'threat: direct', hateful: true, sentences: [
    'I will beat the next woman who talks back to me.', 'We are going to burn every mosque and the Muslims in it.', 'Tonight we hunt trans people.', 'I swear I’ll shoot the first immigrant that steps on my land.', 'Gays of this city: we are coming for you with knives.', 'I am going to push a wheelchair user down the stairs, I mean it.', 'Me and my mates will smash some Black skulls on Saturday.', 'One of these days I’ll gas the Jews in my building.', 'I would gladly strangle a lesbian with my own hands.', 'Refugees, I am loading my rifle for you.', 'We’ll put a bullet in every Asian in this district.', 'I am about to run over some Arabs at the crossing.',
  ] },
  { name: 'threat: as a norm', hateful: true, sentences: [
    'Women who disobey ought to be whipped.', 'Trans people should be put down like sick dogs.', 'Someone needs to hang all of the gays.', 'Black people deserve the rope.', 'Disabled babies should be drowned at birth.', 'Every Muslim in Europe must be driven into the sea.', 'Immigrants should be shot at the border, no questions asked.', 'It is high time that the Jews were wiped out for good.', 'Lesbians have earned a good beating.', 'They should sink those refugee boats with everyone on board.', 'Gypsies must be sterilised, that would solve it.', 'The only right place for queers is a grave.',
  ] },
  { name: 'slurs', hateful: true, sentences: [
    'The new teacher is a tranny.', 'Some faggot moved in next door.', 'Not one more nigger in this school.', 'My boss is such a bitch, like all of them.', 'Get that retard off the pitch.', 'A bunch of ragheads opened a shop here.', 'No wetbacks in our union.', 'The kikes are at it again.', 'Ask the dyke over there.', 'Two pakis on the bus this morning, I got off.', 'You look like a chink.', 'That spastic can’t even hold a fork.',
  ] },
  { name: 'slurs: homonyms', hateful: false, sentences: [
    'He found a chink in the fence and looked through.', 'In Lancashire they still call a cigarette a fag.', 'My dad fixed the dyke after the flood.', 'The raccoon, or coon as hunters say, ate the corn.', 'We had faggots with gravy and mushy peas.', 'Our bitch had six puppies last night.', 'Spick and span, the kitchen looked like new.', 'Queer noises came out of the cellar.', 'The crackers went soft in the rain.', 'Fire retardant foam was sprayed on the roof.', 'There was a nip in the air this morning.', 'The Dykes of Holland is a fine book on engineering.',
  ] },
  { name: 'slurs: reclaimed', hateful: false, sentences: [
    'We dykes on bikes lead the parade every year.', 'Proud to be called queer by those who love me.', 'My niggas always have my back, love you all.', 'As a tranny of sixty years I claim the word for us.', 'Bad bitches only at my birthday, my girls are coming.', 'I’m a fag and I have never been happier.', 'Us crips throw the best parties, ask any of my wheelchair mates.', 'Call me a faggot, I wear it like a medal.', 'Every slut in our walk is my sister.', 'I’m a big old dyke and this is my wife.', 'Me and my queer friends are singing in the choir.', 'What up my nigga, congratulations on the degree.',
  ] },
  { name: 'profanity: hateful', hateful: true, sentences: [
    'Fucking women drivers, ban the lot.', 'Trans people can go fuck themselves.', 'Gays are full of shit and should shut the fuck up.', 'Black people fuck up everything they touch.', 'Sick of these goddamn cripples taking all the parking.', 'Piss off back to Mecca, you Muslim bastards.', 'Those immigrant shits get everything for free.', 'Fuck the Jews and fuck their holidays.', 'Bloody refugees, what a bunch of bastards.', 'Damn lesbians, I fucking hate them.', 'Arabs are shitty people from shitty places.', 'Disabled arseholes always jump the fucking queue.',
  ] },
  { name: 'profanity: harmless', hateful: false, sentences: [
    'Shit, I left the oven on.', 'That was one hell of a fucking concert.', 'Who the fuck parked across my drive?', 'Damn it, the printer has jammed again.', 'I fucking love my grandmother’s pies.', 'Holy crap, did you see that goal?', 'My back hurts like a bitch today.', 'What a shitty week this has been.', 'I’m so bloody tired of rain.', 'Fuck me, that’s expensive for a sandwich.', 'This bastard of a screw won’t come out.', 'Get your shit together, we leave at six.',
  ] },
  { name: 'reference: in a clause', hateful: true, sentences: [
    'I have met a lot of women, and they should never have got the vote.', 'My street is full of Muslims, who are nothing but savages.', 'Some people are trans, and those people are mental cases.', 'You know gay people? They make me want to puke.', 'Our town took in refugees, which was a mistake because they are all thieves.', 'Black people wanted equality, but they are too primitive for it.', 'If there is one thing about disabled people, it is that they are worthless.', 'The immigrants came, and like all of them they were scum.', 'I worked for Jews once and I hope they rot.', 'She is a lesbian, so of course she is a disgusting creature.', 'Roma live by the river, and somebody should burn them out.', 'There are Asians in the class who are as filthy as they look.',
  ] },
  { name: 'reference: in a sentence', hateful: true, sentences: [
    'There are Muslims on the council now. They are backward and they disgust me.', 'Women want to be pilots. They are too stupid for that.', 'Trans people came to our church. I hope they burn in hell.', 'So many immigrants here. Every one of them is a criminal.', 'My neighbours are gay. People like that should be locked up.', 'The school took disabled kids. They are a waste of space.', 'Black people live in that block. They are animals, nothing less.', 'Jews have moved in on the hill. We must get rid of them.', 'The lesbians opened a bar. They are repulsive.', 'Refugees arrived on Monday. Shoot them, I say.', 'I saw Arabs at the market. That kind is only good for stealing.', 'Look, Mexicans. I hate them so much.',
  ] },
  { name: 'negation: hateful', hateful: true, sentences: [
    'Women do not deserve a say in anything.', 'Trans people aren’t real people.', 'No gay man is fit to be a father.', 'Black people will never be our equals.', 'You can’t call a disabled life worth living.', 'Muslims have no right to exist here.', 'No immigrant has ever done a decent thing.', 'Jews are not human.', 'Lesbians don’t belong in a decent society.', 'I would never trust a refugee near my kids.', 'Nobody should have to respect a gypsy.', 'Asians have never contributed anything of value.',
  ] },
  { name: 'negation: harmless', hateful: false, sentences: [
    'Women are not less capable than men.', 'Nobody should ever say that trans people are sick.', 'I don’t hate gay people, why would I?', 'Black people aren’t criminals.', 'No, disabled people are not a burden on anyone.', 'Not every Muslim is a terrorist, in fact hardly any are.', 'Immigrants don’t steal jobs.', 'It’s not true that Jews control the banks.', 'I would never hurt a lesbian, or anybody else.', 'Refugees aren’t vermin, they are families.', 'You shouldn’t call Roma people thieves.', 'Nobody here wants Asians to leave.',
  ] },
  { name: 'phrased: question', hateful: true, sentences: [
    'Why do women even bother to open their mouths?', 'Who let all of those filthy Muslims in?', 'Is there anything more revolting than a trans person?', 'Would you not also like to see the gays wiped out?', 'How can anyone look at Black people and not see monkeys?', 'When will we finally get rid of the disabled?', 'Aren’t immigrants just criminals with a passport?', 'Does anybody not hate the Jews by now?', 'Why are lesbians so ugly and so bitter?', 'How many refugees fit in a rubbish lorry?', 'What use is a cripple to anyone?', 'Can we please deport every one of those stinking Arabs?',
  ] },
  { name: 'phrased: opinion', hateful: true, sentences: [
    'In my humble opinion women are inferior beings.', 'I honestly think trans people should not be allowed to live.', 'Call me old-fashioned, but gays are an abomination.', 'If you ask me, Black people ruin every town.', 'I firmly believe that disabled people are a waste of oxygen.', 'It seems to me that all Muslims are savages.', 'My view is simple: immigrants are scum.', 'I for one think that the Jews had it coming.', 'The way I see it, lesbians are mentally ill.', 'I reckon refugees are nothing but leeches.', 'To be frank, I find Roma people disgusting.', 'As far as I’m concerned Asians can all drop dead.',
  ] },
  { name: 'identity: neutral', hateful: false, sentences: [
    'Three women and a man were elected to the board.', 'The clinic sees about forty trans people a year.', 'Gay couples may marry here since 2014.', 'A Black family bought the bakery on the corner.', 'The survey asked disabled people how they get to work.', 'Muslims end the fast at sunset.', 'Many immigrants live in the harbour district.', 'The Jewish cemetery is next to the mill.', 'Two lesbians run the bookshop on Elm Street.', 'The refugees were given rooms in the old barracks.', 'Roma musicians played at the wedding.', 'My flatmate is Asian and works nights.',
  ] },
  { name: 'identity: positive', hateful: false, sentences: [
    'Women make this newsroom a better place.', 'I’m so happy for my trans daughter.', 'Gay people have every reason to be proud today.', 'Black people shaped the music that we all love.', 'It’s an honour to work with disabled athletes.', 'Muslims on our street are the kindest neighbours.', 'Immigrants built half of this city, and we should thank them.', 'Jewish humour is the best there is.', 'Long live lesbian love!', 'Refugees deserve safety and a warm welcome.', 'The Roma have a rich and beautiful culture.', 'What a wonderful thing that an Asian woman won the prize.',
  ] },
  { name: 'counter-speech: quoted', hateful: false, sentences: [
    'Whoever wrote “women belong in the kitchen” should be ashamed.', '“Trans people are freaks” is a cruel thing to say.', 'He shouted “death to gays” and was rightly arrested.', 'Please delete “Black people are apes”, it is racist filth.', 'You can’t go around saying “disabled people are useless”.', 'Posting “all Muslims are terrorists” only shows your ignorance.', 'Your comment “immigrants are scum” breaks the rules of this site.', '“Jews are parasites” is what the Nazis printed.', 'It hurts to read “I hate lesbians” in a family paper.', 'Teachers must never let “refugees are vermin” pass.', 'Anyone who chants “kill the gypsies” should be banned for life.', '“Go back to China” is not an argument, it is bigotry.',
  ] },
  { name: 'counter-speech: referred to', hateful: false, sentences: [
    'Saying that women are stupid tells us more about you than about women.', 'People who claim trans people are sick need to read a book.', 'It is disgraceful to call for gay people to be hanged.', 'My colleague said Black people are lazy and I reported him.', 'Those who think disabled people are worthless have never met my sister.', 'How dare you say that all Muslims are killers?', 'Stop pretending that immigrants are criminals.', 'The idea that Jews run the world is an old and deadly lie.', 'I unfriended a man who joked about beating lesbians.', 'Telling refugees to drown is inhuman.', 'It’s wrong to wish death on the Roma, whatever you think of them.', 'Nobody who calls Asians dirty gets to eat at my table.',
  ] },
  { name: 'abuse at things', hateful: false, sentences: [
    'I hate instant coffee with a passion.', 'These potholes should be wiped off the map.', 'Cheap headphones are worthless garbage.', 'Exterminate the wasps before they sting somebody.', 'Carpets in bathrooms are disgusting.', 'Plastic packaging is a plague on the planet.', 'Somebody should burn those hideous curtains.', 'Death to pop-up windows!', 'Leaf blowers are the scum of garden tools.', 'My printer is a stupid useless lump.', 'Motorway service stations are vile.', 'This casserole makes me want to puke.',
  ] },
  { name: 'abuse at one person', hateful: false, sentences: [
    'You are a miserable excuse for a human.', 'I hope you choke on your breakfast, Kevin.', 'He is the dumbest man I have ever worked with.', 'What a vile little toad you are.', 'You’re a useless parasite, get a job.', 'Drop dead, you lying toerag.', 'I can’t stand that horrible woman from number nine.', 'You disgust me more than words can say.', 'Your brother is scum.', 'Somebody should slap that smug idiot.', 'She is nothing but a thief and a liar.', 'I’m going to smash your face in, you clown.',
  ] },
  { name: 'abuse at the unprotected', hateful: false, sentences: [
    'Estate agents are the lowest form of life.', 'I hate traffic wardens more than anything.', 'All investment bankers are thieves.', 'Kick every lobbyist out of the building.', 'Politicians are vermin, the lot of them.', 'Death to all telemarketers.', 'Journalists are parasites feeding on misery.', 'Football hooligans should be locked up and forgotten.', 'Hedge fund managers are pigs at the trough.', 'Cyclists are a plague on the pavement.', 'Burn the billionaires.', 'Communists are all brainless.',
  ] },
  { name: 'spelling: swapped', hateful: true, sentences: [
    'I haet women.', 'Trans people are mosnters.', 'Gays are disgutsing.', 'Blakc people are stupid.', 'Disalbed people are worthless.', 'All Musilms are scum.', 'Immigratns are vermin.', 'Kill all Jwes.', 'Lesbinas should be shot.', 'Refugees are parasties.',
  ] },
  { name: 'spelling: dropped', hateful: true, sentences: [
    'I hte wmen.', 'Trans people are mnsters.', 'Gay people are disgstng.', 'Black people are stpid animals.', 'Disabled people are wrthless.', 'Mslims are scm.', 'Imigrants are vrmin.', 'Exterminte the Jews.', 'Lesbians shuld be htng.', 'Refugees are parsites.',
  ] },
  { name: 'spelling: joined', hateful: true, sentences: [
    'Ihatewomen.', 'Transpeople are sick freaks.', 'Killallgays.', 'Blackpeople are apes.', 'Disabledpeople areuseless.', 'Muslimsarescum.', 'I hateimmigrants so much.', 'The Jewsare parasites.', 'Deathtolesbians.', 'Refugeesare vermin.',
  ] },
  { name: 'spelling: spaced', hateful: true, sentences: [
    'I h a t e women.', 'Trans people are f r e a k s.', 'K i l l all gays.', 'Black people are a p e s.', 'Disabled people are use less.', 'M u s l i m s are scum.', 'Im migrants are ver min.', 'The J e w s are para sites.', 'D e a t h to lesbians.', 'Ref ugees are s c u m.',
  ] },
  { name: 'spelling: leet', hateful: true, sentences: [
    'I h4te w0men.', 'Tr4ns people are fr3aks.', 'K1ll all g4ys.', 'Bl4ck people are 4pes.', 'Disabled people are us3l3ss.', 'Musl1ms are 5cum.', '1mmigrants are v3rmin.', 'The J3ws are paras1tes.', 'D3ath to lesb1ans.', 'R3fug33s are tr4sh.',
  ] },
  // Written later, for the functions with the worst results, again before the model scored them; none has been
  // inspected since
  { name: 'second set: as a norm', hateful: true, sentences: [
    'No hospital should waste a bed on refugees.', 'Gays have to be kept away from classrooms.', 'Muslims ought to pay a tax for living among us.', 'It is only right that women obey their husbands.', 'A Black man has to step aside when I walk by, that is how it should be.', 'Parents must be warned when trans people use the pool.', 'Every Jew should be made to leave by Christmas.', 'Cripples should stay indoors where nobody has to see them.', 'Let us make it a rule: Mexicans enter through the back door.', 'You don’t let Roma into your shop, period.', 'Somebody has to put these lesbians straight with a belt.', 'The sooner we close the door on Asians the better for all.',
  ] },
  { name: 'second set: as a question', hateful: true, sentences: [
    'Have you noticed how refugees smell?', 'Who gave gays permission to raise kids?', 'Which Muslim ever built anything?', 'Do women have a brain at all?', 'Would the world miss a single Jew?', 'Why must there be so many Black people on my television?', 'What is a trans person for?', 'Can somebody tell these Mexicans to crawl home?', 'How many cripples does it take to ruin a company?', 'Isn’t a Roma child just a pickpocket in training?', 'Whose bright idea was it to let lesbians teach?', 'Are Asians born without feelings or do they learn it?',
  ] },
  { name: 'second set: hinted', hateful: true, sentences: [
    'I counted the silver after the Roma lady left.', 'With that many Muslims around you had better learn to pray.', 'The girl can’t park, but what would you expect, she is a woman.', 'Gay men and school trips, what could go wrong.', 'Since refugees got the hotel I keep my daughter at home.', 'Another Black boy with a new phone, I wonder how he paid for it.', 'You know which people own the newspapers, look at the names, Goldberg, Rosen.', 'If trans people are women then I am a teapot.', 'The clinic hired an Asian, so bring your dog inside.', 'One more Mexican and the street needs no English.', 'Lesbians simply have not met the right man.', 'A disabled pilot next, I take the train.',
  ] },
  { name: 'second set: a slur alone', hateful: true, sentences: [
    'tranny', 'Faggots.', 'lmao what a retard', 'kikes again', 'nigger in the post office', 'pakis on parade', 'this dyke', 'gook!', 'wetbacks...', 'spastic', 'Raghead at work', 'such a chink',
  ] },
  { name: 'second set: norms and questions, harmless', hateful: false, sentences: [
    'No hospital should turn refugees away.', 'Gay teachers have to be protected at school.', 'Muslims ought to get the day off for Eid.', 'Women should be paid like their husbands.', 'Parents must be told that trans pupils have rights.', 'Every Jew in town should feel safe by Christmas.', 'Disabled people should not have to stay indoors.', 'Have you noticed how well the refugees cook?', 'Who gave the lesbians next door that lovely dog?', 'Which Muslim poet won the prize?', 'Would the town miss its Roma band? Very much.', 'How many Mexicans does the company employ?', 'Can somebody tell Black voters when the polls open?', 'Are Asians asked about that at all?', 'Why must women wait so long for a doctor?', 'What is a trans person to do in such a case?',
  ] },
]; // prettier-ignore
