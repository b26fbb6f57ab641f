'use strict';
// Runs the Lambda example of docs/moesif.md with Moesif's own middleware, and reads what reaches a collector.
const assert = require('node:assert');
const fs = require('node:fs');
const http = require('node:http');
const Module = require('node:module');
const path = require('node:path');
const { after, before, test } = require('node:test');
const zlib = require('node:zlib');

const context = { awsRequestId: 'r', functionName: 'orders', functionVersion: '1' };
const caller = { company_id: 'cus_1', user_id: 'usr_1' };
const told = [];
let server;
let handler;

before(async () => {
  server = http.createServer(collect).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  process.env.MOESIF_APPLICATION_ID = 'application';
  require('moesifapi').configuration.BaseUri = `http://127.0.0.1:${server.address().port}`;
  const page = fs.readFileSync(path.join(__dirname, '..', 'moesif.md'), 'utf8');
  const example = new Module(path.join(__dirname, 'example.js'), module);
  example.paths = module.paths;
  example._compile(page.match(/```javascript\n([^]*?)```/)[1], example.id);
  handler = example.exports.handler;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

function collect(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/v1/events') told.push(JSON.parse(zlib.gunzipSync(Buffer.concat(chunks))));
    response.writeHead(201).end('{}');
  });
}

async function event(name, request) {
  told.length = 0;
  assert.deepStrictEqual(await handler(request, context), { statusCode: 200, body: '{"orders":[]}' });
  assert.strictEqual(told.length, 1, name);
  assert.strictEqual(told[0].company_id, 'cus_1');
  assert.strictEqual(told[0].user_id, 'usr_1');
  assert.ok(!JSON.stringify(told[0]).includes('KEY'), 'the key is masked');
}

test('finds company and user behind a REST API, and masks the key', () =>
  event('REST API', {
    httpMethod: 'GET',
    path: '/orders',
    headers: { Authorization: 'Bearer KEY', Host: 'api.example' },
    requestContext: { authorizer: { ...caller, principalId: 'cus_1' }, identity: { sourceIp: '192.0.2.1' } },
  }));

test('finds company and user behind an HTTP API, and masks the key', () =>
  event('HTTP API', {
    version: '2.0',
    rawPath: '/orders',
    headers: { authorization: 'Bearer KEY', host: 'api.example' },
    requestContext: { authorizer: { lambda: caller }, http: { method: 'GET', path: '/orders', sourceIp: '192.0.2.1' } },
  }));
