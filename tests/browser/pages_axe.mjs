// pages_axe.mjs BUILD [SHOTS]: serves the rendered examples of BUILD/pages under the policy of the real server, and looks at
// each at 1280 and 320 px (page_rules.mjs). Pictures go to SHOTS.
import { createServer } from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { faults, openBrowser, widths } from "./page_rules.mjs";

const [build, shots] = process.argv.slice(2);
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
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

const browser = await openBrowser();
let wrong = 0;
const pages = readdirSync(join(build, "pages")).filter((name) => name.endsWith(".html"));
for (const width of widths) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await Promise.all(
    pages.map(async (name) => {
      const tab = await context.newPage();
      for (const fault of await faults(tab, `${base}/${name}`, shots && join(shots, `${name.replace(".html", "")}-${width}.png`))) {
        wrong += 1;
        console.log(`${name} ${width}px: ${fault}`);
      }
      await tab.close();
    }),
  );
  await context.close();
}
await browser.close();
server.close();
console.log(`${pages.length} pages, ${wrong} findings`);
process.exit(wrong || !pages.length ? 1 : 0);
