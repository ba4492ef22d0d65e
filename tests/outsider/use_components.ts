// Uses the types that openapi-typescript makes of the OpenAPI components. All of it is made up.
import type { components } from "./components.js";

type Incursion = components["schemas"]["Incursion"];
type Position = components["schemas"]["Position"];
type StateCode = components["schemas"]["StateCode"];

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
