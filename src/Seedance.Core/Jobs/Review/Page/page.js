// What the page is about, and what every part of it needs.
const data = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
const store = 'seedance-review:' + data.id;
const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;

function make(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name === 'class') element.className = value;
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

let fading = 0;
function say(text) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.hidden = true; }, 5000);
}

function money(amount, unit) {
  const digits = amount !== 0 && Math.abs(amount) < 0.1 ? 3 : 2;
  return amount.toFixed(Number.isInteger(amount) && unit !== 'USD' && unit !== 'CNY' ? 0 : digits) + ' ' + unit;
}

// Sums stay apart by unit: nobody publishes the rates between credits and money.
function total(costs) {
  const sums = new Map();
  for (const cost of costs) if (cost) sums.set(cost.unit, (sums.get(cost.unit) || 0) + cost.amount);
  return [...sums].map(([unit, amount]) => money(amount, unit)).join(' + ');
}

const clips = data.clips.map((clip, place) => ({
  ...clip, place, prompt: data.prompts[clip.prompt], ticked: false, rating: clip.rating || 0, card: null, gone: false,
}));

// The page itself keeps what was ticked and rated: a file until the commands below it are run, a served page until its window is closed.
const shelf = () => (data.live ? sessionStorage : localStorage);

function recall() {
  try {
    const kept = JSON.parse(shelf().getItem(store)) || {};
    for (const clip of clips) {
      clip.ticked = (kept.ticked || []).includes(clip.id);
      clip.rating = (kept.ratings || {})[clip.id] ?? clip.rating;
    }
  } catch { /* A browser may keep nothing for files; the page works without. */ }
}

function keep() {
  if (data.live) post('tick', { ids: clips.filter((clip) => clip.ticked).map((clip) => clip.id) }).catch(() => {});
  try {
    const ratings = Object.fromEntries(clips.filter((clip) => clip.rating !== (data.clips[clip.place].rating || 0)).map((clip) => [clip.id, clip.rating]));
    shelf().setItem(store, JSON.stringify({ ticked: clips.filter((clip) => clip.ticked).map((clip) => clip.id), ratings }));
  } catch { /* As above. */ }
}

async function post(what, body) {
  const answer = await fetch(what, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), credentials: 'omit' });
  if (!answer.ok) throw new Error(answer.status === 410 ? 'The choice was made already, perhaps in another window.' : 'The command answered ' + answer.status + '.');
}
