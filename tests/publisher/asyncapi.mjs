// The AsyncAPI project's own parser finds nothing wrong with a document.   asyncapi.mjs DOCUMENT
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const ERROR = 0, WARNING = 1;
const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const faults = diagnostics.filter((d) => d.severity === ERROR || d.severity === WARNING);
for (const fault of faults) console.log(`${fault.path.join("/")}: ${fault.message}`);
if (!document || faults.length > 0) process.exit(1);
console.log(`AsyncAPI ${document.version()}: ${document.allMessages().length} messages, ${document.allOperations().length} operation`);
