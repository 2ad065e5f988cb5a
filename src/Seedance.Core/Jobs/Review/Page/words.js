// What differs between prompts is set off, so that the eye finds it.
const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null;

function tokens(text) {
  return segmenter ? [...segmenter.segment(text)].map((part) => part.segment) : text.split(/(\W+)/).filter(Boolean);
}

const isWord = (token) => /[\p{L}\p{N}]/u.test(token);

function commonWords(texts) {
  let common = null;
  for (const text of new Set(texts)) {
    const words = new Set(tokens(text).filter(isWord).map((word) => word.toLowerCase()));
    common = common === null ? words : new Set([...common].filter((word) => words.has(word)));
  }
  return common || new Set();
}

function marked(text, isSame) {
  const parts = [];
  let loud = '';
  let quiet = '';
  const flush = () => {
    if (loud) parts.push(make('b', null, loud.trimEnd()), loud.slice(loud.trimEnd().length));
    loud = '';
  };
  tokens(text).forEach((token, place) => {
    const differs = isWord(token) && !isSame(token, place);
    if (differs || (loud && !isWord(token) && /^[\s'’-]+$/.test(token))) {
      if (quiet) parts.push(quiet);
      quiet = '';
      loud += token;
    } else {
      flush();
      quiet += token;
    }
  });
  flush();
  if (quiet) parts.push(quiet);
  return parts;
}

function words(text, common, distinct) {
  const differs = distinct > 1;
  return make('p', { class: differs ? 'words' : 'words plain' }, ...(differs ? marked(text, (token) => common.has(token.toLowerCase())) : [text]));
}

// Of two prompts: the words of each that the longest sequence which both have does not hold.
function comparedWords(one, other) {
  const [a, b] = [tokens(one), tokens(other)];
  if (a.length * b.length > 1e6) return [words(one, commonWords([one, other]), 2), words(other, commonWords([one, other]), 2)];
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let k = b.length - 1; k >= 0; k--) table[i][k] = a[i] === b[k] ? table[i + 1][k + 1] + 1 : Math.max(table[i + 1][k], table[i][k + 1]);
  }
  const same = [new Set(), new Set()];
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    if (a[i] === b[k]) { same[0].add(i++); same[1].add(k++); } else if (table[i + 1][k] >= table[i][k + 1]) i++; else k++;
  }
  return [one, other].map((text, side) => make('p', { class: one === other ? 'words plain' : 'words' }, ...marked(text, (_, place) => same[side].has(place))));
}
