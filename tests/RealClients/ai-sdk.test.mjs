// @ai-sdk/bytedance, @ai-sdk/replicate and @ai-sdk/fal (npm).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createByteDance } from '@ai-sdk/bytedance';
import { createFal } from '@ai-sdk/fal';
import { createReplicate } from '@ai-sdk/replicate';
import { experimental_generateVideo as generateVideo } from 'ai';
import { base, png } from './simulator.mjs';

// Its guard against requests to the own machine refuses loopback, so the download is given to it.
const download = async ({ url }) => {
  const answer = await fetch(url);
  return { data: new Uint8Array(await answer.arrayBuffer()), mediaType: answer.headers.get('content-type') ?? undefined };
};
const makes = async (model, options) => {
  const { videos } = await generateVideo({ model, maxRetries: 0, download, ...options });
  assert.ok(videos[0].uint8Array.length > 1000);
};
const ark = (options = {}) => ({ bytedance: { pollIntervalMs: 100, pollTimeoutMs: 8000, ...options } });
const byteplus = createByteDance({ apiKey: 'k', baseURL: `${base}/byteplus` });
const volcengine = createByteDance({ apiKey: 'k', baseURL: `${base}/volcengine` });
const model = 'dreamina-seedance-2-0-260128';

test('bytedance: text-to-video at both houses', async () => {
  const options = { prompt: 'a kite', aspectRatio: '16:9', duration: 5, resolution: '1280x720', seed: 7, providerOptions: ark({ watermark: false, generateAudio: true }) };
  await makes(byteplus.video(model), options);
  await makes(volcengine.video('doubao-seedance-2-0-260128'), options);
});

test('bytedance: one image without a role, as an address and as bytes', async () => {
  await makes(byteplus.video(model), { prompt: { text: 'a kite', image: 'https://ex.org/a.png' }, duration: 5, providerOptions: ark() });
  await makes(byteplus.video('seedance-1-5-pro-251215'), {
    prompt: { text: 'a kite', image: png }, duration: 5, providerOptions: ark({ cameraFixed: true, draft: true, serviceTier: 'flex' }),
  });
});

test('bytedance: first and last frame, references', async () => {
  await makes(byteplus.video(model), {
    prompt: { text: 'a kite', image: 'https://ex.org/a.png' }, duration: 5, providerOptions: ark({ lastFrameImage: 'https://ex.org/b.png', returnLastFrame: true }),
  });
  await makes(byteplus.video(model), {
    prompt: 'a kite', duration: 5,
    providerOptions: ark({ referenceImages: ['https://ex.org/a.png'], referenceVideos: ['https://ex.org/v.mp4'], referenceAudio: ['https://ex.org/a.mp3'] }),
  });
});

test('bytedance: the default service tier on 2.0, and options passed through', async () => {
  await makes(byteplus.video(model), { prompt: 'a kite', duration: 5, providerOptions: ark({ serviceTier: 'default' }) });
  await makes(byteplus.video(model), { prompt: 'a kite', duration: 5, providerOptions: ark({ priority: 3, safety_identifier: 'u1' }) });
});

test('bytedance: every model', async () => {
  for (const id of ['dreamina-seedance-2-0-fast-260128', 'seedance-1-0-pro-250528', 'seedance-1-0-pro-fast-251015', 'seedance-1-0-lite-t2v-250428']) {
    await makes(byteplus.video(id), { prompt: 'a kite', duration: 5, providerOptions: ark() });
  }
});

test('bytedance: one that fails, one that is refused, audio alone', async () => {
  for (const [prompt, options] of [['[fail]', {}], ['[refuse]', {}], ['a kite', { referenceAudio: ['https://ex.org/a.mp3'] }]]) {
    await assert.rejects(makes(byteplus.video(model), { prompt, duration: 5, providerOptions: ark(options) }));
  }
});

test('replicate: text-to-video and image-to-video', async () => {
  const replicate = createReplicate({ apiToken: 'k', baseURL: `${base}/replicate/v1` });
  const options = { pollIntervalMs: 100 };
  await makes(replicate.video('bytedance/seedance-2.0'), {
    prompt: 'a kite', aspectRatio: '16:9', duration: 5, seed: 7, providerOptions: { replicate: { ...options, resolution: '480p', generate_audio: false } },
  });
  await makes(replicate.video('bytedance/seedance-1-pro'), {
    prompt: { text: 'a kite', image: 'https://ex.org/a.png' }, duration: 5, fps: 24, providerOptions: { replicate: options },
  });
});

test('fal: text-to-video', async () => {
  const fal = createFal({
    apiKey: 'k',
    fetch: async (address, options) => {
      const answer = await fetch(String(address).replace(/^https:\/\/(queue\.)?fal\.run/, `${base}/fal`), options);
      const text = (await answer.text()).replaceAll(`${base}/fal`, 'https://queue.fal.run');
      return new Response(text, { status: answer.status, headers: answer.headers });
    },
  });
  await makes(fal.video('fal-ai/bytedance/seedance/v1/pro/text-to-video'), {
    prompt: 'a kite', aspectRatio: '16:9', providerOptions: { fal: { pollIntervalMs: 100, resolution: '480p', duration: '5' } },
  });
});
