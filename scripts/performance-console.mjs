/**
 * Measures how long a moderator waits for the next comment: from the key press that decides on a comment to the first
 * frame that shows another comment, in a real browser with a real queue. Part of `npm run performance`.
 */
import { SignJWT } from 'jose';

const DECISIONS = 40;

/** Creates a site with the given number of held comments. */
async function createSiteWithHeldComments(url, call, count) {
  const { id: site, ssoSecret } = await call(url, 'POST', '/sites', {
    body: { name: 'Held', origins: [url] },
  });
  await call(url, 'PATCH', `/sites/${site}/policy`, { body: { moderation: { mode: 'hold-all' } } });
  await call(url, 'PUT', `/sites/${site}/stories/held`, { body: { url: `${url}/held`, title: 'Held' } });
  for (let n = 0; n < count; n += 1) {
    const token = await new SignJWT({ sub: `reader-${n}`, name: `Reader ${n}`, aud: site })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(ssoSecret));
    await call(url, 'POST', `/sites/${site}/stories/held/comments`, {
      token,
      body: { body: `Remark ${n}: what was promised, and who pays for it. `.repeat(1 + (n % 5)) },
    });
  }
  const queueLength = async () =>
    (await call(url, 'GET', `/moderation/queue/count?site=${site}&state=held`)).count;
  while ((await queueLength()) < count) await new Promise((resolve) => setTimeout(resolve, 250));
  return site;
}

/**
 * Decides on comments by keyboard, approving and rejecting in turn.
 *
 * @returns the duration of each decision, in milliseconds
 */
export async function measureDecisions(browser, url, call) {
  const site = await createSiteWithHeldComments(url, call, DECISIONS + 20);
  const { link } = await call(url, 'POST', `/sites/${site}/moderators`, {
    body: { name: 'Moderator', role: 'moderator' },
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  // Browsers accept a Secure cookie over http for localhost but not for an IP address.
  await page.goto(link.replace('127.0.0.1', 'localhost'));
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await page.evaluate(() => {
    const shownText = () => document.querySelector('[data-reading]')?.textContent;
    window.durations = [];
    window.addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        if (key !== 'a' && key !== '1') return;
        const previousText = shownText();
        const waitForChange = () => {
          const text = shownText();
          // A change that is visible in this frame's callback is painted with this frame.
          if (text && text !== previousText)
            requestAnimationFrame(() => window.durations.push(performance.now() - timeStamp));
          else requestAnimationFrame(waitForChange);
        };
        waitForChange();
      },
      { capture: true },
    );
  });
  for (let n = 0; n < DECISIONS; n += 1) {
    if (n % 2 === 1) {
      await page.keyboard.press('r');
      await page.getByRole('group', { name: 'Reject: choose a reason' }).waitFor();
    }
    await page.keyboard.press(n % 2 === 1 ? '1' : 'a');
    await page.waitForFunction((count) => window.durations.length > count, n);
  }
  const durations = await page.evaluate(() => window.durations);
  await context.close();
  return durations;
}
