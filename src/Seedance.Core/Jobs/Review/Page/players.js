// At most six players are alive, however many clips there are: three that draw posters, one under the pointer, two that are compared.
const POSTER_PLAYERS = 3;
const MOST_POSTERS = 160;
const waiting = new Set();
const drawn = new Set();
let idle = null;

function player() {
  const video = make('video', { preload: 'auto', muted: true, loop: true, playsInline: true, disablePictureInPicture: true });
  video.tabIndex = -1;
  return video;
}

function release(video) {
  video.pause();
  video.removeAttribute('src');
  video.load();
}

function drawPosters() {
  idle = idle || Array.from({ length: POSTER_PLAYERS }, player);
  while (idle.length && waiting.size) {
    const clip = [...waiting].pop(); // The one that came into view last.
    waiting.delete(clip);
    drawPoster(idle.pop(), clip);
  }
}

function drawPoster(video, clip) {
  let timer = 0;
  const done = (works) => {
    clearTimeout(timer);
    video.onloadedmetadata = video.onseeked = video.onerror = null;
    if (works) paint(video, clip);
    else if (video.error) markGone(clip);
    release(video);
    idle.push(video);
    drawPosters();
  };
  video.onloadedmetadata = () => { video.currentTime = Math.min(0.4, (video.duration || 1) / 4); };
  video.onseeked = () => done(true);
  video.onerror = () => done(false);
  timer = setTimeout(() => done(video.readyState >= 2), 8000);
  video.src = clip.file;
}

function paint(video, clip) {
  const scale = Math.min(1, 480 / (video.videoWidth || 480));
  clip.canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  clip.canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  clip.canvas.getContext('2d').drawImage(video, 0, 0, clip.canvas.width, clip.canvas.height);
  drawn.add(clip);
  if (drawn.size > MOST_POSTERS) {
    const old = [...drawn].find((other) => !other.inView);
    if (old) { old.canvas.width = 0; drawn.delete(old); }
  }
}

function markGone(clip) {
  if (clip.gone) return;
  clip.gone = true;
  clip.frame.querySelector('.play')?.remove();
  clip.frame.append(make('div', { class: 'reason calm' }, make('strong', null, 'The file cannot be shown.'), make('span', null, 'It was moved, renamed or deleted after this page was made, or the browser cannot play it.')));
}

const sight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const clip = clips[entry.target.dataset.place];
    clip.inView = entry.isIntersecting;
    if (clip.inView && clip.file && !clip.gone && !drawn.has(clip)) waiting.add(clip);
    else waiting.delete(clip);
  }
  drawPosters();
}, { rootMargin: '300px' });

const stage = { video: null, clip: null };

function play(clip, loud) {
  if (!clip.file || clip.gone) return;
  stage.video = stage.video || player();
  if (stage.clip !== clip) {
    stop();
    stage.clip = clip;
    clip.frame.classList.add('playing');
    clip.frame.querySelector('canvas').after(stage.video);
    stage.video.onerror = () => { if (stage.video.error) { markGone(clip); stop(); } };
    stage.video.src = clip.file;
  }
  stage.video.muted = !loud;
  showSound(clip);
  stage.video.play().catch(() => { if (!stage.video.muted) { stage.video.muted = true; stage.video.play().catch(() => {}); } });
}

function stop() {
  const clip = stage.clip;
  if (!clip) return;
  stage.clip = null;
  clip.frame.classList.remove('playing');
  clip.frame.querySelector('.loud')?.remove();
  stage.video.remove();
  release(stage.video);
}

function showSound(clip) {
  clip.frame.querySelector('.loud')?.remove();
  if (!stage.video.muted) clip.frame.append(make('span', { class: 'loud' }, 'Sound on'));
}

function toggleSound(clip) {
  if (stage.clip === clip && !stage.video.muted) {
    stage.video.muted = true;
    showSound(clip);
  } else play(clip, true);
}
