// Stores the document of the API as released. From then on a test holds every change against it (docs/api.md).
import { writeFileSync } from "node:fs";
import path from "node:path";
import { buildDocument } from "../lib/api/document";
import { acceptedBreaks } from "../test/contract/accepted-breaks";

const file = path.join(import.meta.dirname, "..", "docs", "openapi.json");

writeFileSync(file, `${JSON.stringify(buildDocument("https://shop.example/api/v1"), null, 2)}\n`);
console.log(`Wrote ${file}.`);
if (acceptedBreaks.length > 0) console.log("Now empty the list in test/contract/accepted-breaks.ts.");
