// pages_axe.mjs BUILD [SHOTS]: serves the rendered examples of BUILD/pages under the policy of the real server, and checks each
// at 1280 and 320 px: no axe finding (WCAG 2.2 AA), nothing that scrolls sideways, no refused script or style. Pictures go to
// SHOTS. Chromium is the system's own.
import { createServer } from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import AxeBuilder from "@axe-core/playwright";

const [build, shots] = process.argv.slice(2);
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const types = { css: "text/css", js: "text/javascript", html: "text/html" };

const server = createServer((request, response) => {
  const name = request.url.split("?")[0].slice(1);
  const file = name.startsWith("assets/") ? join(build, name) : join(build, "pages", name);
  try {
    const body = readFileSync(file);
    response.writeHead(200, { "content-type": `${types[name.split(".").pop()]}; charset=utf-8`, "content-security-policy": policy });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
let wrong = 0;
const complain = (page, width, text) => {
  wrong += 1;
  console.log(`${page} ${width}px: ${text}`);
};

async function look(context, name, width) {
  const tab = await context.newPage();
  tab.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.includes("404")) complain(name, width, text);
  });
  await tab.goto(`${base}/${name}`, { waitUntil: "domcontentloaded" });
  const found = await new AxeBuilder({ page: tab }).withTags(rules).analyze();
  for (const finding of found.violations) complain(name, width, `${finding.id}: ${finding.nodes.map((node) => node.target).join(" ")}`);
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (sideways > 0) complain(name, width, `scrolls sideways by ${sideways}px`);
  if (shots) await tab.screenshot({ path: join(shots, `${name.replace(".html", "")}-${width}.png`), fullPage: true });
  await tab.close();
}

const pages = readdirSync(join(build, "pages")).filter((name) => name.endsWith(".html"));
for (const width of [1280, 320]) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await Promise.all(pages.map((name) => look(context, name, width)));
  await context.close();
}
await browser.close();
server.close();
console.log(`${pages.length} pages, ${wrong} findings`);
process.exit(wrong || !pages.length ? 1 : 0);
