// Tells of each line of a file whether ajv takes it, as a list of true and false.
//
//     node check_lines.mjs SCHEMA_FOLDER KIND FILE
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { checker } from "./schemas.mjs";

const [folder, of, file] = argv.slice(2);
const takes = checker(folder, of);
const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
stdout.write(JSON.stringify(lines.map((line) => takes(JSON.parse(line)))));
