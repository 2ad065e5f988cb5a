// @fal-ai/client (npm), the vendor's own client. Its address is fixed, so its fetch is pointed at the simulator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFalClient } from '@fal-ai/client';
import { base, sleep } from './simulator.mjs';

const fal = createFalClient({
  credentials: 'k:secret',
  retry: { maxRetries: 0 },
  fetch: (address, options) => fetch(String(address).replace(/^https:\/\/queue\.fal\.run/, `${base}/fal`), options),
});
const app = 'bytedance/seedance-2.0/text-to-video';
const input = { prompt: 'rain on neon', resolution: '480p', duration: '5', aspect_ratio: '16:9' };
const submit = (over = {}, options = {}, id = app) => fal.queue.submit(id, { input: { ...input, ...over }, ...options });
const fails = (status) => (error) => error.status === status;

test('queue.submit, status, result', async () => {
  const { request_id: unended } = await submit({ prompt: '[never] z' });
  assert.match((await fal.queue.status(app, { requestId: unended, logs: true })).status, /^IN_/);
  await assert.rejects(fal.queue.result(app, { requestId: unended }), fails(400));
  const { request_id: requestId } = await submit();
  const ended = await fal.queue.subscribeToStatus(app, { requestId, mode: 'polling', pollInterval: 100, logs: true });
  assert.deepEqual([ended.status, ended.logs], ['COMPLETED', []]);
  const result = await fal.queue.result(app, { requestId });
  assert.match(result.data.video.url, /^http/);
  assert.equal(result.requestId, requestId);
});

test('logs are there when nobody asks for them', async () => {
  const { request_id: requestId } = await submit();
  await sleep(600);
  assert.ok('logs' in await fal.queue.status(app, { requestId }));
});

test('queue.subscribeToStatus, streaming', async () => {
  const { request_id: requestId } = await submit();
  assert.equal((await fal.queue.subscribeToStatus(app, { requestId, mode: 'streaming', logs: true })).status, 'COMPLETED');
});

test('subscribe', async () => {
  const seen = [];
  const result = await fal.subscribe(app, { input, logs: true, pollInterval: 100, onQueueUpdate: (update) => seen.push(update.status) });
  assert.match(result.data.video.url, /^http/);
  assert.equal(seen.at(-1), 'COMPLETED');
});

test('queue.cancel, queued, running and ended', async () => {
  const { request_id: queued } = await submit({ prompt: '[slow] z' });
  await fal.queue.cancel(app, { requestId: queued });
  assert.equal((await fal.queue.status(app, { requestId: queued })).status, 'COMPLETED');
  const { request_id: running } = await submit({ prompt: '[slow] z' });
  await sleep(700);
  await fal.queue.cancel(app, { requestId: running });
  const { request_id: ended } = await submit();
  await fal.queue.subscribeToStatus(app, { requestId: ended, mode: 'polling', pollInterval: 100 });
  await assert.rejects(fal.queue.cancel(app, { requestId: ended }), fails(400));
});

test('subscribe to one that fails and one that is refused', async () => {
  await assert.rejects(fal.subscribe(app, { input: { ...input, prompt: '[fail]' }, pollInterval: 100 }));
  await assert.rejects(submit({ prompt: '[refuse]' }), (error) => error.status === 422 && error.body.detail[0].type === 'content_policy_violation');
});

test('queue.submit with webhook, priority, start timeout and hint', async () => {
  assert.ok((await submit({}, { webhookUrl: 'https://h.example.org/f?x=1' })).request_id);
  assert.equal((await submit({}, { priority: 'low' })).status, 'IN_QUEUE');
  assert.equal((await submit({}, { startTimeout: 60, hint: 'abc' })).status, 'IN_QUEUE');
});

test('image-to-video and reference-to-video', async () => {
  assert.ok((await submit({ image_url: 'https://ex.org/a.png', end_image_url: 'https://ex.org/b.png' }, {}, 'bytedance/seedance-2.0/image-to-video')).request_id);
  assert.ok((await submit({ image_urls: ['https://ex.org/a.png'], seed: 5 }, {}, 'bytedance/seedance-2.0/reference-to-video')).request_id);
  assert.ok((await submit({ duration: '30', resolution: '1080p' }, {}, 'bytedance/seedance-2.5/text-to-video')).request_id);
});

test('fields of 1.x that the types have', async () => {
  const first = 'fal-ai/bytedance/seedance';
  for (const [id, fields] of [
    ['v1.5/pro/text-to-video', { enable_safety_checker: true, generate_audio: false }], ['v1/pro/text-to-video', { num_frames: 61 }], ['v1/pro/text-to-video', { aspect_ratio: '9:21' }],
    ['v1/lite/reference-to-video', { reference_image_urls: ['https://ex.org/a.png'] }]]) {
    const made = await submit(fields, {}, `${first}/${id}`);
    assert.ok((await fal.queue.status(`${first}/${id}`, { requestId: made.request_id })).status, id);
  }
});

test('fields of 1.x that the types do not have', async () => {
  const first = 'fal-ai/bytedance/seedance';
  for (const [id, fields] of [
    ['v1/pro/text-to-video', { aspect_ratio: 'auto' }], ['v1/pro/fast/image-to-video', { image_url: 'https://ex.org/a.png', end_image_url: 'https://ex.org/b.png' }],
    ['v1.5/pro/text-to-video', { duration: '2' }]]) {
    await assert.rejects(submit(fields, {}, `${first}/${id}`), fails(422), id);
  }
});

test('refusals: a number for the duration, an app that is not there', async () => {
  await assert.rejects(submit({ duration: 5 }), fails(422));
  await assert.rejects(submit({}, {}, 'bytedance/seedance-9/text-to-video'), fails(404));
});
