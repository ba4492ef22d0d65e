// Uses the types that json-schema-to-typescript makes of line.schema.json. All of it is made up.
import type { FeedLine, Position, StateCode } from "./line.js";

export const incursion: FeedLine = {
  type: "incursion",
  id: "lv-1",
  state: "LV",
  time: { value: "2024-09-07" },
  objects: [{ category: "uncrewed_aircraft", count: { best: 1 } }],
  sources: [{ source: "a-report" }],
};

export const position: Position = [27.4, 56.3];
export const code: StateCode = "LV";

// @ts-expect-error: a text in place of an object
export const time: FeedLine = { ...incursion, time: "2024-09-07" };
// @ts-expect-error: a word that is not in the vocabulary
export const category: FeedLine = { ...incursion, objects: [{ category: "drone" }] };
// @ts-expect-error: the words of a position
export const words: Position = ["27.4", "56.3"];
// @ts-expect-error: a position with four numbers
export const long: Position = [1, 2, 3, 4];
// @ts-expect-error: no state has this code
export const uk: StateCode = "UK";
