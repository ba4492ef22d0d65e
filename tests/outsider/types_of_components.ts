// The types that openapi-typescript makes of the OpenAPI components.
import type { components } from "./components.js";

export type Incursion = components["schemas"]["Incursion"];
export type Position = components["schemas"]["Position"];
export type StateCode = components["schemas"]["StateCode"];
