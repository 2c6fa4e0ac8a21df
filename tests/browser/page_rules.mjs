// What holds for every page: no axe finding (WCAG 2.2 AA), nothing that scrolls sideways, no refused script or style.
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

export const widths = [1280, 320];
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Chromium is the system's own.
export const openBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });

/// What is wrong with the page at `address`, one sentence each; its picture goes to `picture` when that is given.
export async function faults(tab, address, picture) {
  const found = [];
  const hear = (message) => {
    if (message.type() === "error" && !message.text().includes("404")) found.push(message.text());
  };
  tab.on("console", hear);
  await tab.goto(address, { waitUntil: "load" });
  const seen = await new AxeBuilder({ page: tab }).withTags(rules).analyze();
  for (const finding of seen.violations) found.push(`${finding.id}: ${finding.nodes.map((node) => node.target).join(" ")}`);
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (sideways > 0) found.push(`scrolls sideways by ${sideways}px`);
  if (picture) await tab.screenshot({ path: picture, fullPage: true });
  tab.off("console", hear);
  return found;
}
