// Finding cities as people type them. The same rules as `cms/cities/search.py`, held to the same table by the tests.
const LONGEST_QUERY = 40;
const SHORTEST_PROVINCE = { latin: 4, chinese: 2 };
const ALSO_TYPED = { shaanxi: "shanxi" };
const ONLY_ASCII = /^[\x00-\x7f]*$/;

export function fold(text) {
  const kept = text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return kept.replaceAll("lv", "lu").replaceAll("nv", "nu");
}

function namesOf(city) {
  const slug = fold(city.province_slug);
  return {
    own: [city.short_name, city.name, city.pinyin, ...city.spellings].map(fold),
    initials: city.initials,
    province: [...[city.province, ...city.province_spellings].map(fold), slug, ALSO_TYPED[slug] ?? slug],
  };
}

function rank({ own, initials, province }, query) {
  const isAscii = ONLY_ASCII.test(query);
  if (own.includes(query)) return 0;
  if ([...own, initials].some((name) => name.startsWith(query))) return 1;
  if (!isAscii && own.some((name) => name.includes(query))) return 2;
  const shortest = SHORTEST_PROVINCE[isAscii ? "latin" : "chinese"];
  const inProvince = province.some((name) => name.startsWith(query));
  return inProvince && [...query].length >= shortest ? 3 : null;
}

// Characters are cut and counted as Python does it, a pair of surrogates being one.
export function searchCities(cities, text) {
  const query = fold([...text].slice(0, LONGEST_QUERY).join(""));
  if (!query) return cities;
  return cities
    .map((city) => ({ city, place: rank(namesOf(city), query) }))
    .filter(({ place }) => place !== null)
    .sort((one, other) => one.place - other.place)
    .map(({ city }) => city);
}
