/*
 * A moment's work that a robot would have to do for each form it sends (ALTCHA). It begins when the visitor first
 * touches the form and is done before they have written their name: nothing is shown, nothing has to be solved.
 *
 * The widget stays hidden, it only computes. Whatever goes wrong, the form is sent without a proof.
 */

// The server takes no visitor for a program who has had this long.
const SHORTEST_TIME = 2_200;
const MARGIN = 30_000;
const WORKERS = 4;
// The widget writes its stylesheet into the page unless there is one, which the content security policy would refuse.
const STYLESHEET_ID = "__altcha-css";

const works = new WeakMap();

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function fetchChallenge(url) {
  const response = await fetch(url, { cache: "no-store", headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`No challenge: ${response.status}`);
  return response.text();
}

async function loadWidget(url) {
  if (!document.getElementById(STYLESHEET_ID)) {
    const stylesheet = document.createElement("meta");
    stylesheet.id = STYLESHEET_ID;
    document.head.append(stylesheet);
  }
  await import(url);
}

function solve(challenge) {
  const widget = document.createElement("altcha-widget");
  widget.hidden = true;
  widget.setAttribute("auto", "onload");
  widget.setAttribute("workers", Math.min(WORKERS, navigator.hardwareConcurrency || 2));
  widget.setAttribute("hidefooter", "true");
  widget.setAttribute("hidelogo", "true");
  widget.setAttribute("challengejson", challenge);
  return new Promise((resolve, reject) => {
    widget.addEventListener("statechange", ({ detail }) => {
      if (detail.state === "verified") resolve(detail.payload);
      if (detail.state === "error") reject(new Error("No proof"));
    });
    document.body.append(widget);
  }).finally(() => widget.remove());
}

/* How long the server takes it, counted here: nobody knows what the visitor's clock says. */
function lifetimeOf(challenge) {
  const times = new URLSearchParams(JSON.parse(challenge).salt.split("?")[1]);
  return 1_000 * (times.get("expires") - times.get("issued")) - MARGIN;
}

async function prove(input) {
  const { challenge: url, widget } = input.dataset;
  const [challenge] = await Promise.all([fetchChallenge(url), loadWidget(widget)]);
  const goodUntil = Date.now() + lifetimeOf(challenge);
  const [proof] = await Promise.all([solve(challenge), sleep(SHORTEST_TIME)]);
  return { proof, goodUntil };
}

/* Work for a form that is going to be sent. Only over HTTPS and on this machine do browsers compute digests. */
export function begin(form) {
  const input = form.querySelector("input[data-challenge]");
  if (!input || !window.isSecureContext || works.has(form)) return;
  const work = prove(input).catch(() => null);
  works.set(form, work);
  work.then((done) => {
    // For a form that the browser sends by itself in the end.
    if (done) input.value = done.proof;
  });
}

/* The proof, which is good for one attempt; an empty text if there can be none. Asking again continues the work. */
export async function take(form) {
  const begun = await works.get(form);
  if (!begun || begun.goodUntil < Date.now()) works.delete(form);
  begin(form);
  const done = await works.get(form);
  works.delete(form);
  return done?.proof ?? "";
}
