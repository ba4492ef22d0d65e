// Uses the types that a code generator makes of the schemas. All of it is made up.
import type { Incursion, Position, StateCode } from "./types.js";

export const incursion: Incursion = {
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
export const time: Incursion = { ...incursion, time: "2024-09-07" };
// @ts-expect-error: a word that is not in the vocabulary
export const category: Incursion = { ...incursion, objects: [{ category: "drone" }] };
// @ts-expect-error: the words of a position
export const words: Position = ["27.4", "56.3"];
// @ts-expect-error: a position with four numbers
export const long: Position = [1, 2, 3, 4];
// @ts-expect-error: no state has this code
export const uk: StateCode = "UK";
