// What is remembered on the visitor's device, and only once the visitor has chosen or answered. No server reads it.
const YEAR = 31_536_000;
const SLUG = /^[a-z0-9-]{1,40}$/;
const CITY = "city";
const ASKED = "city_asked";

function read(name) {
  const cookies = document.cookie.split("; ");
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

function write(name, value, seconds = YEAR) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax${secure}`;
}

export function rememberCity(slug) {
  write(CITY, slug);
}

export function forgetCity() {
  write(CITY, "", 0);
}

/* The slug of the city that the visitor chose; what cannot be one is dropped. */
export function rememberedCity() {
  const slug = read(CITY);
  if (slug === undefined || SLUG.test(slug)) return slug;
  forgetCity();
}

export function rememberAsked() {
  write(ASKED, "1");
}

export function wasAsked() {
  return read(ASKED) !== undefined;
}
