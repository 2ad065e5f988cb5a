// atlascloud-mcp (npm), the vendor's MCP server.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { png, sleep } from './simulator.mjs';

const client = new Client({ name: 'seedance-real-clients', version: '1.0.0' });
const model = 'bytedance/seedance-2.0/text-to-video';
const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'seedance-')), 'a.png');

const call = async (name, args = {}) => {
  const answer = await client.callTool({ name, arguments: args });
  return { failed: answer.isError === true, text: answer.content.map((part) => part.text).join(' ') };
};
const good = async (name, args, pattern) => {
  const { failed, text } = await call(name, args);
  assert.ok(!failed, text);
  assert.match(text, pattern);
  return text;
};
const generate = async (prompt) => /p_[0-9a-f]+/.exec(await good('atlas_generate_video', { model, params: { prompt, duration: 5, resolution: '480p', ratio: '16:9' } }, /p_[0-9a-f]+/))[0];

before(async () => {
  fs.writeFileSync(file, png);
  await client.connect(new StdioClientTransport({
    command: process.execPath,
    args: ['--import', './atlascloud-address.mjs', 'node_modules/atlascloud-mcp/dist/index.js'],
    env: { ...process.env, ATLASCLOUD_API_KEY: 'k' },
    stderr: 'ignore',
  }));
});
after(() => client.close());

test('atlas_get_balance', () => good('atlas_get_balance', {}, /Available.*\$100/));
test('atlas_list_models and atlas_get_model_info', async () => {
  await good('atlas_list_models', { type: 'Video' }, /seedance-2\.0/);
  await good('atlas_get_model_info', { model }, /text-to-video/);
});
test('atlas_generate_video and atlas_get_prediction', async () => {
  const id = await generate('a kite');
  await sleep(1500);
  await good('atlas_get_prediction', { prediction_id: id }, /completed[\s\S]*\$0\.[0-9]+/i);
});
test('atlas_get_prediction of one that failed', async () => {
  const id = await generate('[fail] a kite');
  await sleep(1500);
  const { text } = await call('atlas_get_prediction', { prediction_id: id });
  assert.match(text, /failed/i);
});
test('atlas_list_predictions', async () => {
  const id = await generate('a kite that is lost');
  assert.ok((await good('atlas_list_predictions', { limit: 5 }, /Generation History/)).includes(id));
  await good('atlas_list_predictions', { status: 'failed' }, /failed|No generation history/);
});
test('atlas_quick_generate', () => good('atlas_quick_generate', { model_keyword: 'seedance', type: 'Video', prompt: 'a kite' }, /p_[0-9a-f]+/));
test('atlas_upload_media', () => good('atlas_upload_media', { file_path: file }, /http/));
test('atlas_get_model_usage and atlas_get_model_costs', async () => {
  const [start, end] = [-1, 2].map((days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10));
  await good('atlas_get_model_usage', { start_date: start, end_date: end }, /Buckets/);
  await good('atlas_get_model_costs', { start_date: start, end_date: end, group_by: ['model'] }, /Buckets/);
});
