// The types that json-schema-to-typescript makes of line.schema.json.
export type { FeedLine as Incursion, Position, StateCode } from "./line.js";
