// The cities of the dialog as lists of links, and the arrow keys that lead from one to the next.
import { pointAt } from "./register.js";

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// Tab reaches the cities once; within them the arrow keys lead on.
function makeLink(city) {
  const link = element("a", "city-index__link", city.short_name);
  pointAt(link, city);
  link.tabIndex = -1;
  return link;
}

function makeList(cities, make = makeLink) {
  const list = element("ul", "city-index__cities");
  for (const city of cities) {
    const item = element("li");
    item.append(make(city));
    list.append(item);
  }
  return list;
}

function makeGroup(title, cities) {
  const group = element("section", "city-dialog__group");
  group.append(element("h3", "city-dialog__letter", title), makeList(cities));
  return group;
}

// Provinces stand in the order of the codes, which is the one that people know.
const PLACES = {
  initial: (city) => `${city.initial} ${city.slug}`,
  province: (city) => city.code,
};

function groupBy(cities, key) {
  const place = PLACES[key];
  const groups = new Map();
  for (const city of [...cities].sort((one, other) => (place(one) < place(other) ? -1 : 1))) {
    if (!groups.has(city[key])) groups.set(city[key], []);
    groups.get(city[key]).push(city);
  }
  return [...groups];
}

export function makeGroups(cities, by, hotTitle) {
  const hot = cities.filter((city) => city.is_hot);
  const groups = groupBy(cities, by).map(([title, members]) => makeGroup(title, members));
  return hot.length ? [makeGroup(hotTitle, hot), ...groups] : groups;
}

/* What was found may be called alike: each says its province. */
function makeFoundLink(city) {
  const link = makeLink(city);
  link.append(" ", element("span", "city-dialog__province", city.province));
  return link;
}

export function makeFound(cities) {
  const group = element("section", "city-dialog__group city-dialog__group--found");
  group.append(makeList(cities, makeFoundLink));
  return [group];
}

export function linksIn(container) {
  return [...container.querySelectorAll(".city-index__link")];
}

/* Gives a city, else the first, the place in the order of the Tab key that all of them share. */
export function makeReachable(container, link = linksIn(container)[0]) {
  for (const other of container.querySelectorAll(".city-index__link[tabindex='0']")) other.tabIndex = -1;
  if (link) link.tabIndex = 0;
}

function nextRow(links, current, direction) {
  const here = current.getBoundingClientRect();
  const distance = (link) => (link.getBoundingClientRect().top - here.top) * direction;
  const beyond = links.filter((link) => distance(link) > 1);
  const nearest = Math.min(...beyond.map(distance));
  const sideways = (link) => Math.abs(link.getBoundingClientRect().left - here.left);
  return beyond.filter((link) => distance(link) - nearest < 1).sort((one, other) => sideways(one) - sideways(other))[0];
}

/* The link that a key leads to from the current one; undefined for other keys and beyond the last row. */
export function linkAt(key, links, current) {
  const place = links.indexOf(current);
  const moves = {
    ArrowRight: () => links[place + 1],
    ArrowLeft: () => links[place - 1],
    ArrowDown: () => nextRow(links, current, 1),
    ArrowUp: () => nextRow(links, current, -1),
    Home: () => links[0],
    End: () => links.at(-1),
  };
  return moves[key]?.();
}
