// One card per job, and the groups in which the takes of a shot stand side by side.
const STATES = { Failed: 'Failed', Cancelled: 'Cancelled', Expired: 'Expired', Planned: 'Planned for a worker', Running: 'Still running', Queued: 'Waiting at the host', Submitting: 'Being submitted', Unconfirmed: 'Sent without an answer' };

function reasonOf(clip) {
  if (clip.file) return null;
  if (clip.status === 'Succeeded') return ['Not saved', 'Save-SeedanceVideo fetches it; hosts keep a video for a day or so.', 'calm'];
  return [STATES[clip.status] || clip.status, clip.error || '', clip.status === 'Failed' || clip.status === 'Expired' ? '' : 'calm'];
}

function facetsOf(clip) {
  return {
    Host: clip.host + (clip.simulated ? ' (simulated)' : ''), Model: clip.model, Clip: shapeOf(clip), Seed: clip.seed ?? 'none',
    Cost: clip.cost ? (clip.cost.estimate ? 'about ' : '') + money(clip.cost.amount, clip.cost.unit) : 'unknown',
    Final: clip.final ? 'about ' + money(clip.final.amount, clip.final.unit) + (clip.final.at ? ' at ' + clip.final.at : '') : 'price unknown',
    Rating: clip.rating ? clip.rating + ' of 5' : 'none', Job: clip.id,
  };
}

function shapeOf(clip) {
  return [clip.resolution, clip.seconds ? clip.seconds + ' s' : null, clip.ratio].filter(Boolean).join(' · ') || 'unknown';
}

function frameOf(clip) {
  clip.canvas = make('canvas', { 'aria-hidden': 'true' });
  clip.canvas.width = 0;
  const reason = reasonOf(clip);
  const frame = make('div', { class: 'frame' }, clip.poster ? make('img', { src: clip.poster, alt: '', loading: 'lazy' }) : null, clip.canvas);
  if (reason) frame.append(make('div', { class: 'reason ' + reason[2] }, make('strong', null, reason[0]), make('span', null, reason[1])));
  else frame.append(make('span', { class: 'play', 'aria-hidden': 'true' }));
  if (!reason && clip.seconds) frame.append(make('span', { class: 'chip' }, clip.seconds + ' s'));
  if (!reason) {
    frame.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse' && !reduced) play(clip, false); });
    frame.addEventListener('pointerleave', (event) => { if (event.pointerType === 'mouse' && stage.clip === clip) stop(); });
    frame.addEventListener('click', () => toggleSound(clip));
  }
  return frame;
}

function makeCard(clip) {
  clip.frame = frameOf(clip);
  clip.box = make('input', { type: 'checkbox', 'aria-label': 'Tick for the finals' });
  clip.box.tabIndex = -1;
  clip.box.onchange = () => tick(clip, clip.box.checked);
  clip.stars = make('div', { class: 'stars', role: 'group', 'aria-label': 'Rating' }, ...[1, 2, 3, 4, 5].map((value) => {
    const star = make('button', { type: 'button', 'aria-label': value + (value === 1 ? ' star' : ' stars') }, '★');
    star.tabIndex = -1;
    star.onclick = () => rate(clip, clip.rating === value ? 0 : value);
    return star;
  }));
  const compare = clip.file ? make('button', { type: 'button', class: 'pick' }, 'Compare') : null;
  if (compare) { compare.tabIndex = -1; compare.onclick = () => pick(clip); }
  clip.textPlace = make('div');
  const cost = make('b', null, clip.cost ? (clip.cost.estimate ? '~' : '') + money(clip.cost.amount, clip.cost.unit) : 'cost unknown');
  const which = [clip.take ? 'take ' + clip.take : null, clip.seed !== undefined ? 'seed ' + clip.seed : null].filter(Boolean).join(' · ');
  const made = [shapeOf(clip), clip.host, clip.model, clip.from ? 'made from ' + clip.from : null].filter(Boolean).join(' · ');
  const tickable = clip.status === 'Succeeded';
  clip.card = make('article', { class: 'card', 'data-place': String(clip.place), role: 'group', 'aria-roledescription': 'clip' },
    tickable ? make('label', { class: 'tick' }, clip.box) : null, clip.frame,
    make('div', { class: 'about' }, clip.textPlace,
      make('p', { class: 'facts' }, cost, which ? ' · ' + which : '', make('br'), made, clip.simulated ? make('span', { class: 'sim' }, ' · simulated') : null),
      make('div', { class: 'row' }, clip.stars, compare)));
  clip.card.tabIndex = -1;
  clip.card.setAttribute('aria-label', [clip.tag, clip.take ? 'take ' + clip.take : null, clip.status, clip.prompt.slice(0, 120)].filter(Boolean).join(', '));
  clip.card.addEventListener('keydown', (event) => keyOn(clip, event));
  clip.card.addEventListener('focusin', () => rove(clip));
  showState(clip);
}

function showState(clip) {
  clip.box.checked = clip.ticked;
  clip.card.classList.toggle('ticked', clip.ticked);
  [...clip.stars.children].forEach((star, at) => {
    star.classList.toggle('on', at < clip.rating);
    star.setAttribute('aria-pressed', String(at < clip.rating));
  });
}

// Takes share a tag, or else a prompt.
function shotsOf(list) {
  if (!byId('group').checked) return [{ clips: list }];
  const shots = new Map();
  for (const clip of list) {
    const key = clip.tag ? 'tag ' + clip.tag : 'prompt ' + clip.prompt;
    if (!shots.has(key)) shots.set(key, { tag: clip.tag, clips: [] });
    shots.get(key).clips.push(clip);
  }
  const groups = [...shots.values()];
  if (byId('sort').value === 'given') for (const shot of groups) shot.clips.sort((a, b) => (a.take ?? 0) - (b.take ?? 0) || a.place - b.place);
  const single = groups.filter((shot) => shot.clips.length === 1);
  return single.length < 2 ? groups : [...groups.filter((shot) => shot.clips.length > 1), { clips: single.flatMap((shot) => shot.clips) }];
}

function shotElement(shot, common, distinct) {
  const prompts = new Set(shot.clips.map((clip) => clip.prompt));
  const together = shot.clips.length > 1 && (shot.tag !== undefined || prompts.size === 1) && byId('group').checked;
  const here = together && prompts.size > 1 ? commonWords([...prompts]) : common;
  for (const clip of shot.clips) {
    const tag = !together && clip.tag ? make('h3', { class: 'facts' }, make('b', null, clip.tag)) : null;
    clip.textPlace.replaceChildren(...[tag, together && prompts.size === 1 ? null : words(clip.prompt, here, together ? prompts.size : distinct)].filter(Boolean));
    const text = clip.textPlace.querySelector('.words');
    if (text) { text.title = clip.prompt; text.onclick = () => text.classList.toggle('whole'); }
  }
  const takes = make('div', { class: 'takes' + (together && shot.clips.length < 5 ? ' few few' + shot.clips.length : '') }, ...shot.clips.map((clip) => clip.card));
  if (!together) return make('section', { class: 'shot' }, takes);
  const head = make('header', null,
    make('h2', null, shot.tag ?? 'Takes of one prompt', make('small', null, shot.clips.length + ' takes, ' + (total(shot.clips.map((clip) => clip.cost)) || 'cost unknown'))),
    prompts.size === 1 ? words(shot.clips[0].prompt, common, distinct) : null);
  return make('section', { class: 'shot' }, head, takes);
}
