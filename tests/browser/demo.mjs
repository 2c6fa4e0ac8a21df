// demo.mjs DEMO PLAIN [SHOTS]: a stranger's way through the demo, every moment of it by what the page itself offers. PLAIN is a program whose
// clock runs: its pages may stand in no frame.
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { openBrowser } from "./page_rules.mjs";

const [demo, plain, shots] = process.argv.slice(2);
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const browser = await openBrowser();
const stranger = await browser.newContext({ viewport: { width: 1440, height: 900 } });
stranger.setDefaultTimeout(20_000);
const tab = await stranger.newPage();
const priya = tab.frameLocator("#caseworker");
const jo = tab.frameLocator("#manager");
const phone = tab.frameLocator("#telephone");
const faults = [];
tab.on("pageerror", (error) => faults.push(error.message));
tab.on("console", (message) => {
  if (message.type() === "error" && !message.text().includes("503")) faults.push(message.text());
});

const press = (name) => tab.getByRole("button", { name, exact: true }).click();
const words = async (selector) => (await tab.locator(selector).innerText()).replace(/\s+/g, " ");
const clock = () => words(".hd-time");
const shows = (text, selector = "body", longest = 60_000) =>
  tab.waitForFunction(([where, what]) => document.querySelector(where)?.innerText.replace(/\s+/g, " ").includes(what), [selector, text], { timeout: longest });
const ladder = async () => Object.fromEntries([...(await tab.locator("#ladder svg").getAttribute("aria-label")).matchAll(/([A-Z][a-z ]+?):? (\d+)/g)].map(([, rung, count]) => [rung, Number(count)]));
const figures = async () => (await fetch(`${demo}manager/api/figures`)).json();

async function look(name) {
  for (const width of [1440, 320]) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.waitForTimeout(200);
    // The emails in the telephone run no script, axe's neither; tests/web looks at them. Two pages of one program have the same landmarks.
    const found = await new AxeBuilder({ page: tab }).withTags(rules).disableRules("landmark-unique").exclude({ fromFrames: ["#telephone", "iframe"] }).analyze();
    for (const each of found.violations) faults.push(`${name} at ${width}: ${each.id}: ${each.nodes.map((node) => node.target.join(" in ")).join(", ")}`);
    const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (sideways > 0) faults.push(`${name} at ${width} scrolls sideways by ${sideways}px`);
    if (shots) await tab.screenshot({ path: `${shots}/demo-${name}-${width}.png`, fullPage: width === 320 });
  }
  await tab.setViewportSize({ width: 1440, height: 900 });
}

async function opensAndTheClockMoves() {
  await tab.goto(demo);
  for (const heading of ["Sam’s telephone", "Priya’s list", "Her manager, Jo"]) await tab.getByRole("heading", { name: heading }).waitFor();
  const seen = new Set();
  const first = await words("#record tr:first-child");
  while (!(await clock()).endsWith("4:00pm")) {
    seen.add(await clock());
    await tab.waitForTimeout(50);
  }
  assert.ok(seen.size > 20, `the clock is seen to move: ${seen.size} times`);
  assert.notEqual(await words("#record tr:first-child"), first, "the record grows");
  await priya.getByRole("heading", { name: "Today", exact: true }).waitFor();
  await jo.getByText("Jo Marsh, team manager").waitFor();
  await priya.getByText("Priya Nair, caseworker").waitFor();
  await shows("and yours", "#note");
  await look("opened");
}

async function inTheEveningNothingLeaves() {
  await press("To 6pm");
  await shows("6:00pm", "#clock");
  await tab.getByLabel("Write an email as Sam").fill("The taxi for Ada came at noon today. Who tells the driver?");
  await press("Send it as Sam");
  await shows("waits until the next working morning", "#note");
  await phone.getByText("Who tells the driver?").waitFor();
  assert.equal(await phone.getByText("We have got your email").count(), 1, "only the one of last week");
  await priya.getByRole("link", { name: "The taxi for Ada came at noon today" }).waitFor();
}

/// Of one moment: an email that is on its way is never called lost.
async function nothingIsEverLost() {
  const seen = new Set();
  for (let n = 0; n < 40; ++n) {
    seen.add((await words("#proof")).match(/([\d,]+) lost/)[1]);
    await tab.waitForTimeout(50);
  }
  assert.deepEqual([...seen], ["0"]);
}

async function killed() {
  await tab.getByRole("button", { name: "Kill the program" }).focus();
  await tab.keyboard.press("Enter");
  await priya.getByRole("heading", { name: "The program is dead" }).waitFor();
  await shows("SIGKILL", "#note");
  await tab.locator("#kill-stored").waitFor();
  const accepted = Number(await words("#kill-accepted")), stored = Number(await words("#kill-stored"));
  const [, inHand, poured] = (await words("#proof")).match(/after (\d+) of (\d+) emails/);
  assert.ok(Number(inHand) < Number(poured), "it died in the middle");
  assert.equal(accepted, Number(poured), "what had no 250 was sent again");
  assert.equal(stored, accepted, "what was accepted is stored");
  assert.match(await words("#proof"), /([\d,]+) emails accepted \1 stored 0 lost [\d,]+ sent to families 0 sent twice/, "nothing leaves in the evening, so nothing can leave twice");
  await priya.getByRole("heading", { name: "Today", exact: true }).waitFor();
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Kill the program", "the focus comes back to the button");
  await look("killed");
}

async function theMorningBringsIt() {
  await press("To the morning");
  await shows("Friday 12 February, 8:20am", "#clock");
  const letter = phone.locator("li:last-child");
  await letter.getByText("We have got your email").waitFor();
  assert.match(await letter.innerText(), /Fri 12 Feb, 8:\d\dam/, "it left after 8am");
  await letter.frameLocator("iframe").getByText("Priya will answer by").waitFor();
  assert.match(await words(".hd-last"), /All arrived, each on a working morning/, "what was written in the evening");
}

async function aReaderIsLeftAlone() {
  await priya.getByRole("link", { name: "The taxi for Ada came at noon today" }).click();
  await priya.getByLabel("Your words").fill("I have told the driver");
  await press("Go on");
  await shows("10am: Mina Shah shows no sign of work", "#note");
  await press("Stop the clock");
  await tab.getByRole("button", { name: "Go on" }).waitFor();
  assert.equal(await priya.getByLabel("Your words").inputValue(), "I have told the driver", "the clock takes nobody's words away");
  await tab.getByRole("link", { name: "Decide as Jo" }).click();
  await jo.getByRole("heading", { name: "Mina Shah has not been seen today" }).waitFor();
  await look("somebody-is-ill");
  await tab.getByRole("link", { name: "With you" }).click();
  await tab.getByRole("link", { name: "Today", exact: true }).click();
  await priya.getByRole("link", { name: "Hearback", exact: true }).click();
  await priya.getByRole("heading", { name: "Today", exact: true }).waitFor();
  assert.equal(await priya.locator("iframe").count(), 0, "a column never holds the demo itself");
}

async function mondayNightTheLadderIsFilled() {
  await press("To Monday night");
  await nothingIsEverLost();
  await shows("Monday 15 February, 9:00pm", "#clock", 180_000);
  await shows("Monday night.", "#note");
  assert.match(await words("#note"), /\d+ of them Mina Shah’s, whom nobody covers/);
  const standing = await ladder();
  for (const rung of ["Complaints team", "Head of service", "Team manager"]) assert.ok(standing[rung] > 0, `somebody waits at the ${rung}`);
  assert.equal(standing["Team manager"], (await figures()).with_team_manager, "the picture and the program agree");
  await jo.locator("section[aria-labelledby=with-you] tbody tr").first().waitFor();
  await look("monday-night");
  await press("To the morning");
  await shows("Tuesday 16 February, 8:20am", "#clock");
  await phone.locator("li:last-child").getByText("We have not answered you in time").waitFor();
  await jo.locator("section[aria-labelledby=with-you]").getByRole("link", { name: "The taxi for Ada came at noon today" }).waitFor();
  await tab.waitForTimeout(1500);
  if (shots) await tab.screenshot({ path: `${shots}/demo.png` });
}

async function theCountIsTrue() {
  const totals = (await figures()).totals;
  const [, accepted, stored] = (await words("#proof")).match(/([\d,]+) emails accepted ([\d,]+) stored/);
  assert.equal(Number(stored.replace(",", "")), totals.received);
  assert.equal(accepted, stored);
  const [, written] = (await words(".hd-last")).match(/Staff finished ([\d,]+) replies after 6pm or at the weekend\. All arrived, each on a working morning/);
  assert.ok(Number(written) > 50);
}

/// By keys alone, and without scripts.
async function everybodyCanUseIt() {
  const slow = await browser.newContext({ javaScriptEnabled: false });
  const page = await slow.newPage();
  await page.goto(demo);
  await page.getByLabel("Write an email as Sam").fill("Written without scripts");
  await page.getByRole("button", { name: "Send it as Sam" }).click();
  await phone.getByText("Written without scripts").waitFor();
  await page.getByRole("button", { name: "To 6pm" }).focus();
  await page.keyboard.press("Enter");
  await shows("Tuesday 16 February, 6:00pm", "#clock");
  await slow.close();
}

async function framesAreForTheDemoAlone() {
  const policy = async (address) => (await fetch(address)).headers.get("content-security-policy");
  assert.match(await policy(`${demo}caseworker/queue`), /frame-ancestors 'self'/);
  assert.match(await policy(`${plain}/sign-in`), /frame-ancestors 'none'/);
  const elsewhere = await fetch(`${demo}demo/kill`, { method: "POST", headers: { Origin: "http://elsewhere.example" } });
  assert.equal(elsewhere.status, 403, "no other site kills the program");
}

try {
  for (const moment of [opensAndTheClockMoves, inTheEveningNothingLeaves, killed, theMorningBringsIt, aReaderIsLeftAlone, mondayNightTheLadderIsFilled, theCountIsTrue, everybodyCanUseIt, framesAreForTheDemoAlone]) {
    const began = Date.now();
    await moment();
    console.log(`${moment.name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} catch (failure) {
  faults.push(failure.stack);
  if (shots) await tab.screenshot({ path: `${shots}/failed.png`, fullPage: true });
}
await browser.close();
for (const fault of faults) console.log(fault);
console.log(`${faults.length} findings`);
process.exit(faults.length ? 1 : 0);
