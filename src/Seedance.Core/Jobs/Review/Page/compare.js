// Two clips in step: the longer one leads, the other follows its time.
const duel = { clips: [], videos: [], frame: 0 };
const STEP = 1 / 24;

function pick(clip) {
  if (!clip.file || clip.gone) { say('There is no file to compare.'); return; }
  const at = duel.clips.indexOf(clip);
  if (at >= 0) duel.clips.splice(at, 1);
  else duel.clips.push(clip);
  clip.card.classList.toggle('picked', at < 0);
  if (duel.clips.length === 2) openDuel();
  else if (at < 0) say('Press C on another clip, or its Compare, to see the two side by side.');
}

function comparePair() {
  const ticked = clips.filter((clip) => clip.ticked && clip.file && !clip.gone);
  if (ticked.length !== 2) { say('Tick two clips that are here, or press C on two.'); return; }
  dropPicks();
  duel.clips = ticked;
  openDuel();
}

function dropPicks() {
  for (const clip of duel.clips) clip.card.classList.remove('picked');
  duel.clips = [];
}

function openDuel() {
  stop();
  const [one, other] = duel.clips;
  const texts = comparedWords(one.prompt, other.prompt);
  const facts = [facetsOf(one), facetsOf(other)];
  duel.videos = [one, other].map((clip, side) => {
    const video = player();
    video.loop = false;
    video.src = clip.file;
    const list = make('dl', null, ...Object.keys(facts[0]).flatMap((name) => [
      make('dt', null, name), make('dd', { class: name === 'Job' || facts[0][name] === facts[1][name] ? '' : 'differs' }, facts[side][name])]));
    byId(side ? 'right' : 'left').replaceChildren(video, texts[side], list);
    return video;
  });
  byId('sound').value = '';
  byId('duel').showModal();
  byId('play').focus();
  run();
  follow();
}

function leader() {
  const [a, b] = duel.videos;
  return (b.duration || 0) > (a.duration || 0) ? b : a;
}

function run() {
  for (const video of duel.videos) video.play().catch(() => {});
  byId('play').textContent = 'Pause';
}

function rest() {
  for (const video of duel.videos) video.pause();
  byId('play').textContent = 'Play';
}

function moveTo(time) {
  for (const video of duel.videos) video.currentTime = Math.max(0, Math.min(time, (video.duration || time) - 0.001));
}

function follow() {
  duel.frame = requestAnimationFrame(follow);
  const lead = leader();
  if (!lead.duration) return;
  for (const video of duel.videos) {
    const inReach = lead.currentTime < (video.duration || 0);
    if (video !== lead && inReach && !video.seeking && Math.abs(video.currentTime - lead.currentTime) > 0.08) video.currentTime = lead.currentTime;
    if (video !== lead && inReach && video.paused && !lead.paused) video.play().catch(() => {});
  }
  if (lead.ended) { moveTo(0); run(); }
  if (document.activeElement !== byId('seek') || !lead.paused) byId('seek').value = String(lead.currentTime / lead.duration);
  byId('clock').textContent = lead.currentTime.toFixed(2) + ' s';
}

byId('play').onclick = () => (leader().paused ? run() : rest());
byId('back').onclick = () => { rest(); moveTo(leader().currentTime - STEP); };
byId('forth').onclick = () => { rest(); moveTo(leader().currentTime + STEP); };
byId('seek').oninput = () => { rest(); moveTo(byId('seek').value * leader().duration); };
byId('sound').onchange = () => duel.videos.forEach((video, side) => { video.muted = byId('sound').value !== String(side); });
byId('shut').onclick = () => byId('duel').close();
byId('duel').onclose = () => {
  cancelAnimationFrame(duel.frame);
  duel.videos.forEach(release);
  byId('left').replaceChildren();
  byId('right').replaceChildren();
  const last = duel.clips[1];
  dropPicks();
  last?.card.focus();
};
