// Writes a small feed as a stranger would who has docs/schemas and the codebook alone.
// All that it tells is made up.
//
//     node write_feed.mjs SCHEMA_FOLDER FEED
//
// Prints what ajv says of the first try, and writes the second, if ajv takes all of it.
import { writeFileSync } from "node:fs";
import { argv, exit, stdout } from "node:process";
import { checker } from "./schemas.mjs";

const [folder, path] = argv.slice(2);
const isLine = checker(folder, "line");

const header = {
  type: "feed",
  schema_version: "1.0",
  publisher: "A made-up newsroom",
  license: "CC0-1.0",
  generated_at: "2025-10-27T08:00:00Z",
};

const source = {
  type: "source",
  id: "evening-report",
  kind: "news_report",
  publisher: "A made-up newsroom",
  language: "en",
  title: "Balloons close an airport for the night",
  published: "2025-10-27",
};

const guard = {
  type: "organization",
  id: "border-guard",
  name: "A made-up border guard",
  kind: "agency",
  of: "LT",
};

const crossing = {
  type: "incursion",
  id: "lt-2025-10-26",
  title: "Balloons over a made-up airport",
  state: "LT",
  over: "land",
  time: {
    value: "2025-10-26/2025-10-27",
    verbatim: "overnight",
    reference: "2025-10-27",
    timezone: "Europe/Vilnius",
    basis: "resolved",
  },
  scope: "aggregate",
  occurrence: "reported",
  crossing: "reported",
  zones: [{ type: "CTR", id: "control-zone", entry: "suspected" }],
  totals: { crossings: { roughly: 12 } },
  entered_from: ["BY"],
  detected_by: ["border-guard"],
  objects: [
    {
      category: "balloon",
      id: "balloons",
      count: { verbatim: "at least a dozen", min: 12 },
      payload: "contraband",
      fates: [{ fate: "recovered", count: { best: 3 }, by: ["border-guard"] }],
    },
  ],
  effects: [
    { kind: "flights_diverted", id: "diverted", count: { best: 5 }, cause: "precaution" },
  ],
  responses: [
    { kind: "airport_closure", id: "closure", by: ["LT"], stage: "done", reason: "for safety" },
  ],
  sources: [
    {
      source: "evening-report",
      supports: ["objects.balloons.count"],
      quote: { exact: "at least a dozen balloons" },
    },
  ],
};

const statement = {
  type: "statement",
  id: "border-guard-on-the-balloons",
  speakers: ["border-guard"],
  made: { value: "2025-10-27" },
  about: ["lt-2025-10-26"],
  claims: [
    { aspect: "field", fields: ["crossing", "objects.balloons.payload"] },
    { aspect: "field", fields: ["totals.crossings"], value: { best: 14 } },
    { aspect: "field", fields: ["zones.control-zone"], polarity: "suspected" },
    { aspect: "intent", value: "intentional_attack", polarity: "no_evidence" },
    { aspect: "attribution", polarity: "undetermined" },
  ],
  acts: [
    { act: "warn", content: "more of them may come as long as the wind stays in the east" },
  ],
  sources: [{ source: "evening-report" }],
};

// What one writes who has only skimmed the codebook.
const firstTry = [
  header,
  source,
  guard,
  {
    ...crossing,
    crossing: null,
    time: { ...crossing.time, value: "26.10.2025" },
    objects: [{ ...crossing.objects[0], category: "baloon", count: 12 }],
    sources: [],
  },
  {
    ...statement,
    claims: [
      { aspect: "intent", polarity: "no_evidence" },
      { aspect: "field", fields: ["objects.balloons.number"] },
      { aspect: "field", fields: ["totals.crossings"], value: 14 },
    ],
    comment: "short",
  },
];
const secondTry = [header, source, guard, crossing, statement];

function faults(records) {
  return records.flatMap((record, line) => {
    isLine(record);
    return (isLine.errors ?? []).map((error) => ({
      line: line + 1,
      at: error.instancePath,
      rule: error.keyword,
      message: error.parentSchema.patternErrorMessage ?? error.message,
      allowed: error.params.allowedValues,
    }));
  });
}

const remaining = faults(secondTry);
stdout.write(JSON.stringify({ first: faults(firstTry), second: remaining }));
if (remaining.length > 0) exit(1);
writeFileSync(path, secondTry.map((record) => JSON.stringify(record) + "\n").join(""));
