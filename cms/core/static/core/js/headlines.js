// Lets headlines break between words only. Left alone, browsers break Chinese between any two characters, and a balanced
// headline then often ends its line in the middle of a word.
const NEVER_FIRST = /^[的地得了着过们]/;
const NUMBER = /\d$/;

function withBreaks(text) {
  const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(text);
  const pieces = [];
  let previous = {};
  for (const word of words) {
    const between = previous.isWordLike && word.isWordLike;
    if (between && !NEVER_FIRST.test(word.segment) && !NUMBER.test(previous.segment)) {
      pieces.push(document.createElement("wbr"));
    }
    pieces.push(word.segment);
    previous = word;
  }
  return pieces;
}

function textsOf(element) {
  return [...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? node : textsOf(node)));
}

if ("Segmenter" in Intl) {
  for (const headline of document.querySelectorAll("main :is(h1, h2, h3):lang(zh)")) {
    for (const text of textsOf(headline)) text.replaceWith(...withBreaks(text.data));
    headline.classList.add("breaks-between-words");
  }
}
