// Reads the published schemas, with ajv at its strictest: what it would warn of is an error.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

function refuse(...message) {
  throw new Error(message.join(" "));
}

export function checker(folder, of) {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    discriminator: true,
    verbose: true,
    logger: { log: refuse, warn: refuse, error: refuse },
  });
  // What the words mean, and what to say of a text in place of its pattern: both check nothing.
  ajv.addVocabulary(["enumDescriptions", "patternErrorMessage"]);
  addFormats(ajv);
  const schema = readFileSync(join(folder, `${of}.schema.json`), "utf8");
  return ajv.compile(JSON.parse(schema));
}
