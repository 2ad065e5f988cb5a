// The list as it is filtered and sorted, the keys, and what comes of it all: a command to paste, or a choice that is handed to the pipeline.
let shown = [];
let current = null;

const FILTERS = {
  all: () => true, playable: (clip) => clip.file && !clip.gone, failed: (clip) => !clip.file && clip.status === 'Failed', missing: (clip) => !clip.file || clip.gone,
  ticked: (clip) => clip.ticked, unrated: (clip) => !clip.rating, 3: (clip) => clip.rating >= 3, 4: (clip) => clip.rating >= 4, 5: (clip) => clip.rating >= 5,
};
const amount = (clip, otherwise) => clip.cost?.amount ?? otherwise;
const SORTS = {
  given: (a, b) => a.place - b.place, rating: (a, b) => b.rating - a.rating, cheap: (a, b) => amount(a, Infinity) - amount(b, Infinity), dear: (a, b) => amount(b, -1) - amount(a, -1),
  short: (a, b) => (a.seconds ?? Infinity) - (b.seconds ?? Infinity), long: (a, b) => (b.seconds ?? 0) - (a.seconds ?? 0), seed: (a, b) => (a.seed ?? Infinity) - (b.seed ?? Infinity),
  host: (a, b) => (a.host + a.model).localeCompare(b.host + b.model), new: (a, b) => (b.made < a.made ? -1 : b.made > a.made ? 1 : 0),
};

function layOut() {
  stop();
  const needles = byId('text').value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = clips.filter(FILTERS[byId('show').value]).filter((clip) => needles.every((needle) => clip.hay.includes(needle)));
  shown.sort((a, b) => SORTS[byId('sort').value](a, b) || a.place - b.place);
  const prompts = clips.map((clip) => clip.prompt);
  const common = commonWords(prompts);
  const distinct = new Set(prompts).size;
  const shots = shotsOf(shown);
  shown = shots.flatMap((shot) => shot.clips);
  byId('shots').replaceChildren(...shots.filter((shot) => shot.clips.length).map((shot) => shotElement(shot, common, distinct)));
  byId('none').hidden = shown.length > 0;
  rove(shown.includes(current) ? current : shown[0]);
}

function rove(clip) {
  if (current?.card) current.card.tabIndex = -1;
  current = clip || null;
  if (current) current.card.tabIndex = 0;
}

function tick(clip, on) {
  if (clip.status !== 'Succeeded') { say('Only what has succeeded can become a final.'); return; }
  clip.ticked = on;
  showState(clip);
  keep();
  tally();
}

function rate(clip, rating) {
  const before = clip.rating;
  clip.rating = rating;
  showState(clip);
  keep();
  tally();
  if (data.live) post('rate', { id: clip.id, rating }).catch((error) => { clip.rating = before; showState(clip); say('The rating was not recorded. ' + error.message); });
}

const quoted = (ids) => ids.map((id) => "'" + id.replaceAll("'", "''") + "'").join(', ');

function tally() {
  const ticked = clips.filter((clip) => clip.ticked);
  const unknown = ticked.filter((clip) => !clip.final).length;
  const sum = total(ticked.map((clip) => clip.final));
  byId('count').textContent = ticked.length + ' ticked';
  byId('price').textContent = ticked.length === 0 ? 'Tick the takes that are worth their full price.'
    : (sum ? 'Finals: about ' + sum : 'Finals: price unknown') + (sum && unknown ? ', and ' + unknown + ' of unknown price' : '');
  byId('untick').disabled = ticked.length === 0;
  byId('choose').disabled = ticked.length === 0;
  byId('choose').textContent = 'Hand over ' + (ticked.length || '');
  if (data.live) return;
  const lines = ticked.length ? ['Get-SeedanceJob -Id ' + quoted(ticked.map((clip) => clip.id)) + ' | New-SeedanceVideo -Final'] : [];
  for (const rating of [5, 4, 3, 2, 1, 0]) {
    const changed = clips.filter((clip) => clip.rating === rating && rating !== (data.clips[clip.place].rating || 0));
    if (changed.length) lines.push('Set-SeedanceJob -Id ' + quoted(changed.map((clip) => clip.id)) + ' -Rating ' + (rating || '$null'));
  }
  byId('line').textContent = lines.join('\n') || 'Tick or rate a take, and the commands stand here.';
  byId('copy').disabled = lines.length === 0;
  byId('paste').classList.toggle('empty', lines.length === 0);
}

function next(clip, key) {
  if (key === 'Home' || key === 'End') return key === 'Home' ? shown[0] : shown.at(-1);
  const at = shown.indexOf(clip);
  if (key === 'ArrowLeft') return shown[at - 1];
  if (key === 'ArrowRight') return shown[at + 1];
  const here = clip.card.getBoundingClientRect();
  const down = key === 'ArrowDown';
  let best = null;
  for (const other of down ? shown.slice(at + 1) : shown.slice(0, at).reverse()) {
    const there = other.card.getBoundingClientRect();
    if (down ? there.top <= here.top + 4 : there.top >= here.top - 4) continue;
    if (best && Math.abs(there.top - best.top) > 4) break;
    if (!best || Math.abs(there.left - here.left) < best.off) best = { clip: other, top: there.top, off: Math.abs(there.left - here.left) };
  }
  return best?.clip;
}

function keyOn(clip, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onCard = event.target === clip.card;
  if (/^[0-5]$/.test(event.key)) rate(clip, Number(event.key));
  else if (/^(Arrow|Home|End)/.test(event.key)) next(clip, event.key)?.card.focus();
  else if (event.key === ' ' && onCard) tick(clip, !clip.ticked);
  else if (event.key === 'Enter' && onCard) (stage.clip === clip ? stop() : play(clip, false));
  else if (event.key === 's' || event.key === 'S') toggleSound(clip);
  else if (event.key === 'c' || event.key === 'C') pick(clip);
  else return;
  event.preventDefault();
}

// The command ends with its last window, and says what was ticked.
const held = data.live ? new EventSource('window') : null;
let ended = false;
if (held) {
  held.onopen = () => { ended = false; };
  held.onerror = () => { if (!ended) say('The command in PowerShell has ended. What was rated is recorded.'); ended = true; };
}

function over(text) {
  stop();
  held.close();
  document.body.replaceChildren(make('div', { class: 'over' }, make('h1', null, text), make('p', { class: 'words' }, 'You can close this page.')));
}

function handOver(ids) {
  byId('choose').disabled = byId('cancel').disabled = true;
  post('choose', { ids }).then(() => over(ids.length ? ids.length + (ids.length === 1 ? ' job is' : ' jobs are') + ' in the pipeline.' : 'Nothing was chosen.'))
    .catch((error) => { byId('choose').disabled = byId('cancel').disabled = false; say(error.message || 'The command does not answer; it has ended perhaps.'); });
}

async function copy() {
  const text = byId('line').textContent;
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    getSelection().selectAllChildren(byId('line'));
    say('Selected; copy it with the keys of your system.');
  }
}

document.addEventListener('keydown', (event) => {
  if (event.target.matches('input, select, textarea') || document.querySelector('dialog[open]')) return;
  if (event.key === '/') { byId('text').focus(); event.preventDefault(); }
  else if (event.key === '?') byId('help').showModal();
  else if (event.key === 'Escape') { stop(); dropPicks(); }
  else if (event.key.startsWith('Arrow') && !event.target.closest('.card') && current) { current.card.focus(); event.preventDefault(); }
});
document.addEventListener('visibilitychange', () => { if (document.hidden) stop(); });
let typing = 0;
byId('text').oninput = () => { clearTimeout(typing); typing = setTimeout(layOut, 120); };
byId('tools').onsubmit = (event) => event.preventDefault();
for (const id of ['show', 'sort', 'group']) byId(id).onchange = layOut;
byId('keys').onclick = () => byId('help').showModal();
byId('helped').onclick = () => byId('help').close();
byId('untick').onclick = () => { for (const clip of clips) if (clip.ticked) { clip.ticked = false; showState(clip); } keep(); tally(); };
byId('compare').onclick = comparePair;
byId('copy').onclick = copy;
byId('choose').onclick = () => handOver(clips.filter((clip) => clip.ticked).map((clip) => clip.id));
byId('cancel').onclick = () => handOver([]);

recall();
for (const clip of clips) {
  clip.hay = [clip.prompt, clip.tag, clip.id, clip.host, clip.model, clip.seed, clip.error, clip.status, clip.batch].filter((part) => part !== undefined).join(' ').toLowerCase();
  makeCard(clip);
}
const here = clips.filter((clip) => clip.file).length;
byId('summary').textContent = [clips.length + (clips.length === 1 ? ' clip' : ' clips'), here < clips.length ? here + ' to see' : null, total(clips.map((clip) => clip.cost)), data.made].filter(Boolean).join(' · ');
byId('paste').hidden = data.live;
byId('choose').hidden = byId('cancel').hidden = !data.live;
layOut();
tally();
for (const clip of clips) sight.observe(clip.card);
document.documentElement.dataset.ready = 'yes';
