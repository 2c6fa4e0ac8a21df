// office.mjs WEB WORLD FAMILIES [SHOTS]: a caseworker's evening and morning on the real pages, every act by its own form, with
// JavaScript switched off; then a manager's. Each page that is met is looked at (page_rules.mjs) exactly as it was served.
import assert from "node:assert/strict";
import { join } from "node:path";
import { faults, openBrowser, widths } from "./page_rules.mjs";

const [web, world, list, shots] = process.argv.slice(2);
const [sam, beth, carl, nadia, ken, donna] = list.split(",");
const ask = async (path, body) => (await fetch(world + path, body ? { method: "POST", body: JSON.stringify(body) } : {})).json();
const mail = (from, subject, text) => ask("/mail", { from, subject, text });
const never = /\b(clerk|rung|hold|held|decider|journal|escalat\w*|queue|status|percentile|SLA|undefined|NaN|null)\b|_|\b[cr]-[0-9a-f]{8}/i;

const browser = await openBrowser();
const office = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
const tab = await office.newPage();
const lookers = await Promise.all(widths.map(async (width) => (await browser.newContext({ viewport: { width, height: 900 } })).newPage()));
let served, wrong = 0, looked = 0, looking = Promise.resolve();
tab.on("response", (response) => {
  if (response.request().isNavigationRequest() && response.status() < 300) served = response;
});

/// Looks at the page that the tab shows, with the bytes and the policy that it was served with, while the work goes on.
async function look(name) {
  const body = await served.text();
  const headers = await served.allHeaders();
  assert.match(headers["content-security-policy"], /default-src 'none'.*script-src 'self'/, name);
  assert.ok(!/unsafe-inline|unsafe-eval|\*/.test(headers["content-security-policy"]), `${name}: the policy is strict`);
  delete headers["content-length"];
  looked += 1;
  const text = (await tab.locator("body").innerText()).replace(/\S+@\S+/g, "");
  const word = text.match(never);
  const found = word ? [`says “${word[0]}”`] : [];
  const address = `${web}/looked-at/${looked}`;
  const picture = shots && join(shots, `${String(looked).padStart(2, "0")}-${name}`);
  const atWidth = async (looker, n) => {
    await looker.route(address, (route) => route.fulfill({ status: 200, headers, body }));
    for (const fault of await faults(looker, address, picture && `${picture}-${widths[n]}.png`)) found.push(`${widths[n]}px: ${fault}`);
  };
  looking = looking.then(async () => {
    await Promise.all(lookers.map(atWidth));
    for (const fault of found) console.log(`${name} ${fault}`);
    wrong += found.length;
  });
}

const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\u2060/g, "");
const shown = async (place = "main") => plain(await tab.locator(place).first().innerText());
const shows = async (words, place) => assert.ok((await shown(place)).includes(words), `“${words}” is not on the page ${tab.url()}:\n${await shown(place)}`);
const lacks = async (words, place) => assert.ok(!(await shown(place)).includes(words), `“${words}” is on the page ${tab.url()}`);
const press = (name, place = tab) => place.getByRole("button", { name, exact: true }).first().click();
const row = (words) => tab.locator("tr", { hasText: words });
const goto = (path) => tab.goto(web + path);

async function signIn(name) {
  await goto("/queue");
  assert.match(tab.url(), /\/sign-in$/);
  await tab.getByLabel(name, { exact: true }).check();
  await press("Sign in");
  await shows(name, "header");
}

async function openFromToday(words) {
  await goto("/queue");
  await tab.getByRole("link", { name: words }).click();
}

/// Every question of theirs is answered: one that is not ticked keeps the answer open.
async function tickQuestions() {
  for (const box of await tab.locator("input[type=checkbox][id^=q]").all()) await box.check();
}

async function checkWords(words) {
  await tab.getByLabel("Your words").fill(words);
  await tab.locator("button[value=check]").click();
}

async function finishReply(words) {
  await tickQuestions();
  await checkWords(words);
  await tab.locator("button[value=finish]").click();
}

async function evening() {
  await mail(sam, "Taxi", "Ada’s taxi did not come again. Who puts this right?");
  await mail(beth, "School place", "Which school have you asked, and what did they say?");
  await mail(carl, "Thank you", "Thank you so much, that is a weight off my mind.");
  await mail(nadia, "Hospital letter", "I sent the hospital letter two weeks ago. Did you get it?");
  await mail(ken, "Review meeting", "Can we move the review meeting to after half term?");
  await mail(donna, "Speech therapy", "Nobody has told us when the speech therapy starts.");
  await mail("joan.okafor@example.net", "my grandchild", "I look after Ada on Tuesdays. Please tell me when the taxi comes.");
  await goto("/sign-in");
  await look("sign-in");
  await signIn("Priya Nair");
  await shows("Thursday 11 February 2027, 8pm");
  const mine = row("Ada’s taxi did not come again");
  for (const words of ["Ada Okafor", "Sam Okafor", "mother", "caseworker", "Email", "Thu 8pm", "Monday 15 February"])
    assert.ok(plain(await mine.innerText()).includes(words), `“${words}” is not in the row:\n${await mine.innerText()}`);
  await look("today-evening");
}

async function replyAndStop() {
  await openFromToday("Ada’s taxi did not come again");
  await shows("Taxi", "h1");
  await look("conversation");
  await checkWords("You failed to attend the review meeting.");
  await shows("must change before this can go");
  await shows("(in your words)");
  assert.equal(await tab.locator("button[value=finish]").count(), 0, "a blocked phrase cannot be finished");
  await look("reply-blocked");
  await checkWords("");
  await shows("Write your reply first.");
  await look("reply-empty");
  await checkWords("Ada’s taxi starts again on Monday 22 February. It comes to your door at 8:05am.");
  await shows("Leaves Friday 8:00 to 8:15am");
  await look("reply-checked");
  await tickQuestions();
  await press("Finish: leaves Friday 8:00 to 8:15am");
  await shows("Done. Your reply is finished.", "[role=status]");
  await shows("Leaves Friday 8:00 to 8:15am", ".moj-timeline");
  await look("reply-waits");
  await goto("/queue");
  await shows("Ada Okafor", "section[aria-labelledby=waiting]");
  await look("today-waiting");
  await tab.getByRole("link", { name: "Ada’s taxi did not come again" }).click();
  await press("Stop it: do not send", tab.locator(".hb-item--wait", { hasText: "The reply" }));
  await shows("Done. Stopped. It was not sent.", "[role=status]");
  await look("reply-stopped");
  await finishReply("The taxi firm has promised Ada’s taxi for Monday 22 February.");
  await shows("Your reply is finished.", "[role=status]");
}

async function familyWroteMeanwhile() {
  await openFromToday("Which school have you asked");
  const words = "Hill School answers us by Wednesday 17 February.";
  await tickQuestions();
  await checkWords(words);
  await mail(beth, "Re: School place", "One more thing: does the school have a lift?");
  await tab.locator("button[value=finish]").click();
  await shows("Not finished yet: something new came in");
  assert.equal(await tab.getByLabel("Your words").inputValue(), words, "the words are kept");
  await look("refused-once");
  await tab.getByRole("link", { name: "Read what is new" }).click();
  assert.match(plain(await tab.locator("#new").innerText()), /does the school have a lift/);
  await finishReply(words + " It has a lift.");
  await shows("Your reply is finished.", "[role=status]");
}

async function noAnswerNeeded() {
  await openFromToday("Thank you so much");
  const conversation = new URL(tab.url()).pathname;
  await press("No answer needed");
  assert.equal(new URL(tab.url()).pathname, conversation, "without a reason nothing is noted");
  await lacks("Noted: no answer needed.");
  await tab.getByLabel("It is a thank you and asks nothing").check();
  await press("No answer needed");
  await shows("Done. Noted: no answer needed.", "[role=status]");
  await look("no-answer-needed");
  await goto("/queue");
  await lacks("Thank you so much");
}

async function claimAndMatch() {
  await goto("/list?standing=open");
  await look("list");
  await tab.getByRole("link", { name: "Nobody has told us when the speech therapy starts" }).click();
  await press("Take this on");
  await shows("Done. This is yours now.", "[role=status]");
  await look("claimed");
  await goto("/matching");
  await shows("I look after Ada on Tuesdays");
  await look("matching");
  await press("Match the message of Joan Okafor");
  await shows("Choose a child, or write the child’s number.");
  await look("matching-unchosen");
  assert.match(await shown(".govuk-radios__item"), /Ada Okafor: likely/, "the child of the sender's own name comes first");
  await tab.getByRole("radio", { name: "Someone else" }).check();
  await tab.getByLabel("The child’s number, when it is someone else").fill("NM-1");
  await press("Match the message of Joan Okafor");
  await shows("Not done.", "[role=status]");
  await tab.getByRole("radio", { name: "Someone else" }).check();
  await tab.getByLabel("The child’s number, when it is someone else").fill("NM-2041");
  await press("Match the message of Joan Okafor");
  await shows("Done. Matched to Ada Okafor.", "[role=status]");
  await look("matched");
  await goto("/matching");
  await shows("Every sender is matched.");
  await look("matching-empty");
}

async function finding() {
  await tab.getByRole("link", { name: "Find", exact: true }).click();
  await shows("can be found.");
  await look("find");
  const find = async (words) => {
    await tab.getByLabel("Name, number or words").fill(words);
    await press("Find");
  };
  await find("okafor taxi");
  await shows("Ada Okafor", "section[aria-labelledby=messages]");
  assert.match(await shown("section[aria-labelledby=messages] mark"), /taxi/i, "the words are marked");
  await look("found");
  await shows("Our email, not sent", "section[aria-labelledby=messages]");
  await find("NM-2041");
  await tab.getByRole("link", { name: "Ada Okafor" }).first().click();
  await shows("Only about Ada Okafor");
  await find("grand");
  await shows("my grandchild", "section[aria-labelledby=messages]");
  await look("found-under-a-child");
  await tab.getByRole("link", { name: "Show all again" }).click();
  await tab.getByLabel("To us or from us").selectOption("From us");
  await find("hill school");
  assert.equal(await tab.locator("tbody tr").count(), 1, "our reply alone");
  await tab.locator("tbody a").click();
  await shows("Hill School answers us");
  await goto("/search");
  await find('"no such words NEAR(');
  await shows("Nothing was found.");
  await look("found-nothing");
}

async function morning() {
  assert.deepEqual(await ask(`/letters/${sam}`), [], "nothing leaves in the evening");
  await ask("/clock", { to: "2027-02-12T08:30" });
  await goto("/queue");
  await shows("Nothing here.", "section[aria-labelledby=waiting]");
  await look("today-morning");
  await goto("/list?standing=kept");
  await tab.getByRole("link", { name: "Ada’s taxi did not come again" }).click();
  await shows("Sent 8");
  await shows("Answered in time");
  await look("answered");
  assert.ok((await ask(`/letters/${sam}`)).includes("Re: Taxi"), "the family has the reply");
  await openFromToday("I sent the hospital letter");
  await checkWords("We have your letter.");
  await shows("Leaves now");
  await look("reply-in-the-day");
}

let person;

/// Looked up, and the new address entered with its proof; what is missing is said and nothing typed is lost.
async function anAddressChanges() {
  await goto("/search");
  await tab.getByLabel("Name, number or words").fill("Sam Okafor");
  await press("Find");
  await tab.getByRole("link", { name: "What we know of Sam Okafor" }).click();
  await shows("From the council’s lists");
  person = tab.url();
  await look("person");
  await tab.getByLabel("The new address").fill("sam at home");
  await press("Keep the new address, and ask there");
  await shows("Say how we know the new address.");
  await tab.getByLabel("They said so in person").check();
  await press("Keep the new address, and ask there");
  await shows("The new address is not an email address.");
  assert.equal(await tab.getByLabel("The new address").inputValue(), "sam at home", "nothing typed is lost");
  await look("person-refused");
  await tab.getByLabel("The new address").fill("sam.new@example.org");
  await press("Keep the new address, and ask there");
  await shows("Not confirmed yet: sam.new@example.org");
  await lacks("How do you know that it is theirs?");
  await look("person-waiting");
  await tab.getByRole("link", { name: "See what was sent" }).click();
  await shows("A new address of Sam Okafor, entered by Priya Nair");
  await look("address-question");
  await tab.getByRole("link", { name: "Ada Okafor" }).click();
  await shows("Who is in the list");
  await look("child");
}

async function aColleagueConfirms() {
  await tab.goto(person);
  await press("Confirm the new address");
  await shows("Write how you know that the address is theirs.");
  await tab.getByLabel("How do you know that it is theirs?").fill("She told me too");
  await press("Confirm the new address");
  await shows("Confirmed.", "body");
  await shows("Corrected by Priya Nair: they said so in person", "section[aria-labelledby=addresses]");
  await look("person-confirmed");
}

/// The same without a mouse: a row, its conversation, the reply's box, and back; then the keys are switched off.
async function byKeyboard() {
  await goto("/keys");
  await look("keys");
  const own = await browser.newContext({ viewport: { width: 1280, height: 900 }, storageState: await office.storageState() });
  const page = await own.newPage();
  await page.goto(web + "/queue");
  await page.keyboard.press("j");
  const href = await page.locator("tr[aria-current] a").getAttribute("href");
  await page.keyboard.press("Enter");
  await page.waitForURL("**" + href);
  await page.keyboard.press("r");
  const box = page.getByLabel("Your words");
  await page.keyboard.type("jku?");
  assert.equal(await box.inputValue(), "jku?", "keys rest in a box");
  await box.fill("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await page.waitForURL("**/queue");
  await page.keyboard.press("?");
  await page.waitForURL("**/keys");
  await page.getByRole("button", { name: "Switch single keys off" }).click();
  await page.goto(web + "/queue");
  await page.keyboard.press("j");
  assert.equal(await page.locator("tr[aria-current]").count(), 0, "switched off");
  await own.close();
}

async function strangersAreRefused() {
  await goto("/queue");
  const cookie = (await office.cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
  const conversation = new URL(await tab.getByRole("link", { name: "I sent the hospital letter" }).evaluate((a) => a.href)).pathname;
  const claim = (csrf) => fetch(`${web}${conversation}/no-answer`, { method: "POST", redirect: "manual", headers: { cookie, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, form: "x1", reason: "thanks_only" }) });
  for (const csrf of ["", "wrong"]) assert.equal((await claim(csrf)).status, 404, "a form without its token is refused");
  await goto("/queue");
  await shows("I sent the hospital letter");
  await goto("/conversations/c-none");
  await shows("We cannot find this page");
}

async function manager() {
  await press("Sign out");
  assert.match(tab.url(), /\/sign-in$/);
  await goto("/queue");
  assert.match(tab.url(), /\/sign-in$/, "signed out");
  await ask("/clock", { to: "2027-02-16T09:00" });
  await signIn("Jo Marsh");
  await shows("With you");
  await shows("4 families wait for an answer from you, 4 of them past the first day we told.");
  await look("manager-today");
  await goto("/figures");
  await look("figures");
  assert.doesNotMatch(await shown("section[aria-labelledby=broken]"), /Joan Okafor,/, "no comma without a relation");
  const links = await tab.locator(".hb-strip a, .hb-t a").evaluateAll((all) => all.filter((a) => /list|matching/.test(a.getAttribute("href"))).map((a) => [a.getAttribute("href"), (a.closest("li")?.querySelector(".hb-strip__n") ?? a).textContent.match(/\d+$/)[0]]));
  assert.ok(links.length >= 7);
  for (const [href, count] of links.filter(([address]) => address.startsWith("/"))) {
    await goto(href);
    assert.equal(await tab.locator("tbody tr").count(), Number(count), `${href} opens to its ${count}`);
  }
  await look("figure-opened");
  await goto("/figures");
  await tab.locator("section[aria-labelledby=broken] tbody a").first().click();
  await shows("Given to Jo Marsh");
  await shows("With you now. Priya Nair is the caseworker.");
  await look("late-conversation");
}

try {
  for (const part of [evening, replyAndStop, familyWroteMeanwhile, noAnswerNeeded, claimAndMatch, finding, morning, anAddressChanges, byKeyboard, strangersAreRefused, manager, aColleagueConfirms]) await part();
  await looking;
} catch (failure) {
  wrong += 1;
  console.log(failure.stack);
}
await browser.close();
console.log(`${looked} pages looked at, ${wrong} findings`);
process.exit(wrong ? 1 : 0);
