// replicate (npm), the vendor's own client.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { test } from 'node:test';
import Replicate, { validateWebhook } from 'replicate';
import { base, png } from './simulator.mjs';

const replicate = new Replicate({ auth: 'r8_test', baseUrl: `${base}/replicate/v1` });
const model = 'bytedance/seedance-2.0';
const input = { prompt: 'tide pool macro', duration: 5, resolution: '480p', aspect_ratio: '16:9' };
const poll = { mode: 'poll', interval: 100 };
const create = (more = {}, over = {}) => replicate.predictions.create({ model, input: { ...input, ...over }, ...more });
// A FileOutput where the address is https, and the address itself here.
const address = (output) => String(output?.url?.() ?? output);
const fails = (status) => (error) => error.response?.status === status || error.message.includes(String(status));

test('predictions.create, get and wait', async () => {
  const made = await create();
  assert.equal((await replicate.predictions.get(made.id)).id, made.id);
  assert.equal((await replicate.wait(made, { interval: 100 })).status, 'succeeded');
});

test('predictions.create with Prefer: wait', async () => {
  assert.equal((await create({ wait: true })).status, 'succeeded');
  assert.equal((await create({ wait: 1 }, { prompt: '[never] x' })).status, 'processing');
});

test('predictions.create with a webhook', async () => {
  assert.ok((await create({ webhook: 'https://h.example.org/x', webhook_events_filter: ['completed'] })).id);
});

test('predictions.create by version', async () => {
  const version = (await replicate.models.get('bytedance', 'seedance-2.0')).latest_version.id;
  assert.equal((await replicate.predictions.create({ version, input })).model, model);
  await assert.rejects(replicate.predictions.create({ version: 'a'.repeat(64), input }), fails(422));
});

test('predictions.list and paginate', async () => {
  await create();
  const listed = (await replicate.predictions.list()).results.length;
  let paged = 0;
  for await (const batch of replicate.paginate(replicate.predictions.list)) { paged += batch.length; }
  assert.ok(listed > 0 && paged >= listed);
});

test('predictions.cancel, running and ended', async () => {
  const running = await create({}, { prompt: '[never] x' });
  assert.equal((await replicate.predictions.cancel(running.id)).status, 'canceled');
  const ended = await replicate.wait(await create(), { interval: 100 });
  assert.equal((await replicate.predictions.cancel(ended.id)).status, 'succeeded');
});

test('run, held and polled', async () => {
  for (const wait of [undefined, poll]) {
    const output = await replicate.run(model, { input, wait });
    assert.match(address(output), /^http/);
  }
});

test('run that fails and run that is refused', async () => {
  await assert.rejects(replicate.run(model, { input: { ...input, prompt: '[fail]' }, wait: poll }), /failed/i);
  await assert.rejects(replicate.run(model, { input: { ...input, prompt: '[refuse]' }, wait: poll }), fails(422));
});

test('run with a local file', async () => {
  const output = await replicate.run(model, { input: { ...input, image: png }, wait: poll });
  assert.match(address(output), /^http/);
});

test('files.create, list, get and delete', async () => {
  const file = await replicate.files.create(new File([png], 'a.png', { type: 'image/png' }));
  assert.deepEqual(Object.keys(file).sort(), ['checksums', 'content_type', 'created_at', 'etag', 'expires_at', 'id', 'metadata', 'name', 'size', 'urls']);
  assert.ok((await replicate.files.list()).results.some((one) => one.id === file.id));
  assert.equal((await replicate.files.get(file.id)).checksums.sha256, crypto.createHash('sha256').update(png).digest('hex'));
  assert.equal(await replicate.files.delete(file.id), true);
  await assert.rejects(replicate.files.get(file.id), fails(404));
});

test('accounts.current and models.get', async () => {
  assert.equal((await replicate.accounts.current()).type, 'user');
  assert.equal((await replicate.models.get('bytedance', 'seedance-2.5')).name, 'seedance-2.5');
});

test('webhooks.default.secret.get, and a body signed with it', async () => {
  const { key } = await replicate.webhooks.default.secret.get();
  const [id, timestamp, body] = ['msg_1', String(Math.floor(Date.now() / 1000)), '{"id":"p1"}'];
  const signature = crypto.createHmac('sha256', Buffer.from(key.slice(6), 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  assert.equal(await validateWebhook({ headers, body }, key), true);
  assert.equal(await validateWebhook({ headers, body: '{"id":"p2"}' }, key), false);
});

test('every model of the catalogue', async () => {
  for (const [name, fields] of [
    ['seedance-2.0-fast', {}], ['seedance-2.5', {}], ['seedance-1-pro', { fps: 24, camera_fixed: false }], ['seedance-1-lite', {}], ['seedance-1-pro-fast', {}],
    ['seedance-1.5-pro', { resolution: undefined, generate_audio: true }]]) {
    assert.ok((await replicate.predictions.create({ model: `bytedance/${name}`, input: { ...input, ...fields } })).id, name);
  }
});

test('refusals: token, model, field', async () => {
  await assert.rejects(new Replicate({ auth: '', baseUrl: `${base}/replicate/v1` }).predictions.list(), fails(401));
  await assert.rejects(replicate.predictions.create({ model: 'bytedance/seedance-9', input }), fails(404));
  await assert.rejects(create({}, { frobnicate: 1 }), fails(422));
});
