// From matches to the spots of the map, and to clusters of spots that would overlap.

const CLUSTER_RADIUS = 38;

/** @type {Spot[]} */
let spots = [];
/** @type {Spot[]} */
let selectedSpots = [];
/** @type {{level: number, clusters: Cluster[]}} */
let clustered = { level: NaN, clusters: [] };
let westEdge = 0;

/** @param {Mark} mark @returns {{x: number, y: number} | undefined} */
function placeOf(mark) {
  if (mark.as === "state") return outlineOf.get(mark.state ?? "");
  return mark.x === undefined || mark.y === undefined ? undefined : { x: mark.x, y: mark.y };
}

/** @param {Match[]} matches @param {Item | undefined} selected */
function findSpots(matches, selected) {
  /** @type {Map<string, Spot>} */
  const found = new Map();
  for (const match of matches) {
    for (const spot of spotsOf(match.item, isPossible(match))) {
      // The selected incident is drawn apart, but stays in the number of its state.
      if (!spot.mark.here || (match.item === selected && spot.mark.as !== "state")) continue;
      // Who asks for one state does not ask for the others of a series.
      if (spot.mark.as === "state" && store.state.state && spot.mark.state !== store.state.state) continue;
      const other = found.get(spot.key);
      if (other && !other.items.includes(match.item)) other.items.push(match.item);
      else if (!other) found.set(spot.key, spot);
    }
  }
  return [...found.values()];
}

/** @param {Item} item @param {boolean} isOnlyPossible @returns {Spot[]} */
function spotsOf(item, isOnlyPossible) {
  return item.marks.flatMap((mark, index) => {
    const place = placeOf(mark);
    // All items of which only the state is known share the one number in that state.
    const key = mark.as === "state" ? `in ${mark.state}` : `${index} ${item.id}`;
    return place ? [{ key, x: place.x, y: place.y, mark, items: [item], isPossible: isOnlyPossible }] : [];
  });
}

/** Gather spots that would overlap at this scale. @param {Spot[]} all @param {number} k @returns {Cluster[]} */
function gather(all, k) {
  const radius = CLUSTER_RADIUS / k;
  /** @type {Map<string, {x: number, y: number, spots: Spot[]}[]>} */
  const grid = new Map();
  const groups = [];
  for (const spot of all) {
    const x = (((spot.x - westEdge) % WORLD) + WORLD) % WORLD;
    const column = Math.floor(x / radius);
    const row = Math.floor(spot.y / radius);
    let group;
    for (let number = 0; number < 9 && !group; number++) {
      const cell = grid.get(`${column + (number % 3) - 1} ${row + Math.floor(number / 3) - 1}`) ?? [];
      group = cell.find((other) => Math.hypot(other.x - x, other.y - spot.y) < radius);
    }
    if (group) {
      group.spots.push(spot);
      continue;
    }
    group = { x, y: spot.y, spots: [spot] };
    groups.push(group);
    const key = `${column} ${row}`;
    grid.set(key, [...(grid.get(key) ?? []), group]);
  }
  return groups.flatMap(({ spots: members }) => {
    const distinct = [...new Set(members.flatMap((spot) => spot.items))];
    // The places of one incident, or the incidents of one state, need no cluster.
    if (distinct.length === 1 || members.length === 1) {
      const firstState = members.find(({ mark }) => mark.as === "state");
      return members.filter((spot) => spot.mark.as !== "state" || spot === firstState).map(alone);
    }
    return [{ key: `${members.length} ${members[0].key}`, x: members[0].x, y: members[0].y, spots: members, items: distinct }];
  });
}

/** @param {Spot} spot @returns {Cluster} */
function alone(spot) {
  return { key: spot.key, x: spot.x, y: spot.y, spots: [spot], items: spot.items };
}
