/* Typical comments of newspaper subscribers, calm or angry, and comments with links to sources. */

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const ORDINARY_COMMENTS = linesOf(`
  I am a subscriber.
  As a subscriber I expect better than this.
  Check out the report by the IMF.
  I like this comment.
  I subscribed last year and have not regretted it.
  Subscribers deserve an answer to this question.
  Please subscribe to local papers, they need it.
  My subscription renews in March and I will think twice.
  Is the newsletter included in the digital subscription?
  I pay for this and still see ads on every page.
  Why do subscribers still see adverts?
  The app logs me out every morning, please fix it.
  Could you please link to the full judgment?
  Click on the chart and you will see the real numbers.
  Check the second table in the annex.
  Check your facts before you publish.
  Look at the graph again, it starts at 40, not at zero.
  Visit any hospital on a Friday night and you will see.
  Follow the money, as they say.
  Follow the link in the third paragraph.
  Thanks for sharing this, I had missed it.
  Share prices fell long before the announcement.
  I shared this with my whole department.
  The share of renters has doubled in ten years.
  I sold my shares in 2019 and bought bonds.
  Bitcoin is not money, it is a bet.
  Gold has always been a poor investment for small savers.
  Interest on my savings account is 0.5 percent.
  The bank offered me a mortgage at 6 percent.
  We paid 400,000 for a flat with two rooms.
  Free school meals should be universal.
  There is no such thing as free public transport, somebody pays.
  A free press is worth paying for.
  They won the lottery and lost their friends.
  He won the election, deal with it.
  She won fair and square.
  What a prize this city has lost.
  The price of bread went up again.
  Cheap flights are the problem.
  Discount supermarkets pay better wages than the others.
  The offer was rejected by the union on Monday.
  The deal will not survive the winter.
  It is a good deal for farmers, less so for consumers.
  Call your representative and tell them what you think.
  I called the council three times and nobody answered.
  Write to your MP, it does work.
  Vote on Thursday, whatever your party.
  I voted for her and I would do it again.
  Join a union.
  Join the queue.
  Sign the petition if you care about the library.
  Donate blood if you can, they are short again.
  I donate to the food bank every month.
  Support your local bookshop.
  Buy the book, it explains all of this.
  The book by Piketty covers this in chapter four.
  Her podcast had a good episode about it.
  The video in the article does not play on my phone.
  Watch the full interview before you judge him.
  I watched the debate and thought she did well.
  Has anyone watched the documentary?
  Who else is reading this on the train?
  Great channel four programme about it last night.
  The comments on this page are better than the article.
  This page loads slowly on my old tablet.
  The website of the ministry says otherwise.
  My website was hacked in the same way.
  Email the editor, they usually reply.
  The company has not replied to my email for six weeks.
  Working from home saved my marriage.
  I work from home and earn less than before.
  I make 2,000 a month as a nurse, before tax.
  Nurses earn less than they did in 2010.
  Doctors make more money in Australia, so they leave.
  Millions of people lost their savings.
  One million viewers cannot be wrong, or can they?
  He has more followers than the paper has readers.
  Likes are not votes.
  Nice article, thank you.
  Excellent reporting as always.
  Great piece, but the headline is misleading.
  Very interesting, I did not know that.
  Thanks for explaining the ruling so clearly.
  This is the best article I have read this week.
  What a disappointing piece.
  I expected more from this paper.
  I disagree with nearly every line of this.
  With respect, the author has missed the point.
  Nonsense, the figures say the opposite.
  This is simply wrong.
  The minister should resign.
  The government has failed, and everybody knows it.
  Both parties are to blame for this mess.
  Another day, another U-turn.
  They will never learn.
  I told you so.
  And who is going to pay for it?
  Not in my name.
  Where is the evidence?
  Source?
  Citation needed.
  Can you give a source for that number?
  The source is the national statistics office.
  According to the IMF, growth will be 1.2 percent.
  The OECD published a report on this in June.
  See page 14 of the report.
  Read the report, it is only thirty pages.
  Have a look at the data from the central bank.
  The Financial Times had this story last week.
  Compare that with Denmark.
  In Germany trains are late too, believe me.
  I lived in Spain for ten years and it is the same there.
  My grandmother came here in 1956 with one suitcase.
  My son is a teacher and he is exhausted.
  As a doctor I see this every day.
  As a farmer I can tell you that this is not how it works.
  As an engineer I find the drawing hard to believe.
  I was there and it did not happen like that.
  We need more houses, not more cars.
  Cars do not belong in front of schools.
  The bus comes once an hour, if at all.
  Our street was flooded twice this year.
  Nuclear power is expensive, but so is everything else.
  Wind farms are noisy, I live next to one.
  Coal has no future and everyone in the valley knows it.
  Immigration is not the cause of the housing shortage.
  The referee was right for once.
  What a match, I lost my voice.
  The referee got it wrong and it cost us the season.
  That goal was offside by a yard.
  Arsenal will not win it this year either.
  The film is too long, but the music is wonderful.
  I laughed out loud at the second paragraph.
  Well said, Maria.
  Good point, I had not thought of it that way.
  Sorry, but that is not what the article says.
  You are right, I misread the chart.
  I stand corrected, thank you.
  Let us agree to disagree.
  Could the moderators look at the comment above?
  Why was my comment removed?
  I have been reading this paper since 1978.
  First comment here after years of reading.
  Hello everybody, new here.
  Happy new year to the whole newsroom.
  Rest in peace, he was a great man.
  My condolences to the family.
  Congratulations to the whole team!
  Good luck to her.
  Can I buy a print of the photograph?
  Is there a way to gift an article to a friend?
  I would gladly pay more for fewer adverts.
  The crossword has an error, 14 across.
  The recipe needs more salt.
  The link in the article is broken.
  There is a typo in the headline.
  It is Macron with one c.
`);

export const COMMENTS_WITH_SOURCES = linesOf(`
  Have a look at https://www.ft.com/content/abc
  See https://www.imf.org/en/Publications/WEO for the forecast.
  https://www.bbc.co.uk/news/business-64567890
  The numbers are here: https://ec.europa.eu/eurostat/web/main/data
  https://www.theguardian.com/world/2026/nov/12/flood-defences
  This was covered in https://www.nytimes.com/2026/10/03/business/rates.html
  Read https://en.wikipedia.org/wiki/Gini_coefficient first.
  The study: https://www.nature.com/articles/s41586-020-2649-2
  https://www.who.int/news-room/fact-sheets/detail/measles explains it well.
  Here is the bill itself: https://www.congress.gov/bill/118th-congress/house-bill/1
  https://www.legislation.gov.uk/ukpga/2010/15/contents
  Source: https://data.worldbank.org/indicator/SI.POV.GINI
  Official figures: https://www.ons.gov.uk/economy/inflationandpriceindices
  https://www.reuters.com/markets/europe/
  My source is https://www.destatis.de/EN/Home/_node.html
  Try https://www.economist.com/graphic-detail/2026/11/01/housing
  The original paper is at https://arxiv.org/abs/1706.03762
  https://www.bundesbank.de/en/statistics
  Here: https://www.oecd.org/employment/outlook/
  Watch the hearing: https://www.youtube.com/watch?v=hY7m5jjJ9mM
  See the thread of the court: https://curia.europa.eu/juris/document
  https://www.parliament.uk/business/committees/
  That is not what the ruling says: https://www.supremecourt.gov/opinions/25pdf/1.pdf
  More on this at https://www.lemonde.fr/en/
  I found the map at https://www.openstreetmap.org/#map=12/52.5/13.4
  Compare https://www.pewresearch.org/politics/2026/06/11/views
  The report can be downloaded from https://www.ipcc.ch/report/ar6/wg1/
  https://www.nasa.gov/climate has the raw data.
  Check https://www.fullfact.org/economy/ before you repeat that.
  Check out this report by the Treasury: https://www.gov.uk/government/publications/budget
  Please read https://www.cdc.gov/vaccines before commenting.
  Look at the chart here https://fred.stlouisfed.org/series/UNRATE
  I subscribe to https://www.washingtonpost.com as well and they had it first.
  Support the archive: https://archive.org/details/texts
  https://www.irishtimes.com/politics/
  The transcript is on https://www.npr.org/transcripts
  He wrote about it in https://www.newyorker.com/magazine/2026/02/03/essay
  Data and method: https://github.com/owid/co2-data
`);
