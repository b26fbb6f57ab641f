'use strict';

const assert = require('node:assert/strict');
const http = require('node:http');
const { after, before, beforeEach, describe, it } = require('node:test');
const express4 = require('express4');
const express5 = require('express5');
const { LatchkeyClient, LatchkeyProvisioningPlugin, keysRouter } = require('..');
require('./credentials');
const { MemoryIssueKey, serve } = require('./memory');
const { json, server } = require('./servers');

const ADA = { customerId: 'cus_ada', email: 'ada@example.com' };
const BOB = { customerId: 'cus_bob', email: 'bob@example.com' };
const SESSIONS = new Map(
    Object.entries({ ada: ADA, bob: BOB, empty: {}, odd: { customerId: ['cus_ada'] }, text: 'cus_ada' }),
);

/** The portal's session, by a header instead of a cookie. */
async function customer(request) {
    if (request.headers.session === 'broken') {
        throw new Error('the session store is down at 10.0.0.7');
    }
    return SESSIONS.get(request.headers.session);
}

/** Sends a request as it is, with headers that fetch would not let through. */
function send(url, method, path, { session = 'ada', body, headers = {} } = {}) {
    const isText = typeof body === 'string';
    const content = body === undefined || isText ? body : JSON.stringify(body);
    const all = {
        ...(session && { session }),
        ...(method !== 'GET' && { 'content-type': 'application/json' }),
        ...headers,
    };
    return new Promise((resolve, reject) => {
        const request = http.request(url + path, { method, headers: all }, async (response) => {
            let text = '';
            for await (const chunk of response) {
                text += chunk;
            }
            const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
            resolve({ status: response.statusCode, headers: response.headers, body: isJson ? JSON.parse(text) : text });
        });
        request.on('error', reject);
        request.end(content);
    });
}

/** An app that does not print what its parsers refuse. */
function app(express, ...parsers) {
    const made = express().set('env', 'test');
    parsers.forEach((parser) => made.use(parser));
    return (router) => made.use('/latchkey', router);
}

const urlencoded = { extended: false };

const PORTALS = {
    'Express 4': (router) => app(express4)(router),
    'Express 5': (router) => app(express5)(router),
    'Express 4 that parses bodies': app(express4, express4.json(), express4.urlencoded(urlencoded)),
    'Express 5 that parses bodies': app(express5, express5.json(), express5.urlencoded(urlencoded)),
    'Express 5 that reads bodies as text': app(express5, express5.text({ type: '*/*' })),
    'node:http alone': (router) => (request, response) => {
        request.url = request.url.replace(/^\/latchkey/, '');
        router(request, response);
    },
};

let issueKey;
let latchkey;
let client;

before(async () => {
    issueKey = new MemoryIssueKey();
    latchkey = await serve(issueKey);
    client = new LatchkeyClient(latchkey.ways['Lambda invoke']);
});
after(() => latchkey.stop());
beforeEach(() => (issueKey.requests = []));

async function listening(handler) {
    const listener = http.createServer(handler);
    await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${listener.address().port}/latchkey`, stop: () => listener.close() };
}

for (const [name, mount] of Object.entries(PORTALS)) {
    describe(`the router in ${name}`, () => {
        let portal;
        let errors;
        const ask = (method, path, options) => send(portal.url, method, path, options);
        const create = async (session, body = {}) => (await ask('POST', '/keys', { session, body })).body;

        before(async () => {
            const onError = (error) => errors.push(error);
            portal = await listening(mount(keysRouter({ client, customer, suspend: true, onError })));
        });
        after(() => portal.stop());
        beforeEach(() => (errors = []));

        it('creates, lists, renames, rolls, suspends, resumes and revokes', async () => {
            const made = await ask('POST', '/keys', { body: { name: 'CI', expiresIn: '7d' } });
            assert.equal(made.status, 201);
            assert.match(made.body.apikey, /^eyJ/);
            assert.equal(made.headers['cache-control'], 'no-store');
            assert.equal(made.headers['x-content-type-options'], 'nosniff');
            const { keyId } = made.body;
            const list = await ask('GET', '/keys?limit=1');
            assert.deepEqual(
                [list.status, list.body.keys[0].keyId, list.headers['cache-control']],
                [200, keyId, 'no-store'],
            );
            assert.ok(!('apikey' in list.body.keys[0]));
            assert.equal((await ask('PATCH', `/keys/${keyId}`, { body: { name: 'Build' } })).body.name, 'Build');
            assert.equal((await ask('GET', `/keys/${keyId}`)).body.name, 'Build');
            assert.equal((await ask('POST', `/keys/${keyId}/suspend`, { body: {} })).body.status, 'suspended');
            assert.equal((await ask('POST', `/keys/${keyId}/resume`)).body.status, 'valid');
            const rolled = await ask('POST', `/keys/${keyId}/roll`, { body: { grace: '1h' } });
            assert.deepEqual([rolled.status, rolled.body.rolledFrom], [201, keyId]);
            assert.match(rolled.body.apikey, /^eyJ/);
            const revoked = await ask('POST', `/keys/${keyId}/revoke`, { body: {} });
            assert.deepEqual([revoked.status, revoked.body.status], [200, 'revoked']);
            assert.match(revoked.body.effectiveFrom, /Z$/);
            assert.deepEqual(errors, []);
        });

        it("takes customer and email from the session, for each of issue-key's actions", async () => {
            const { keyId } = await create('bob');
            await ask('POST', `/keys/${keyId}/roll`, { session: 'bob', body: { grace: 0 } });
            await ask('GET', '/keys', { session: 'bob' });
            assert.deepEqual(
                issueKey.requests.map(({ fields }) => [fields.customerId, fields.email]),
                [
                    ['cus_bob', BOB.email],
                    ['cus_bob', undefined],
                    ['cus_bob', BOB.email],
                    ['cus_bob', undefined],
                ],
            );
        });

        it('P9: shows nothing of a record that is not for customers', async () => {
            await create('ada');
            const { keys } = (await ask('GET', '/keys')).body;
            assert.deepEqual(Object.keys(keys[0]).sort(), [
                'createdAt',
                'endsAt',
                'expiresAt',
                'keyId',
                'name',
                'plan',
                'rolledFrom',
                'rolledInto',
                'scopes',
                'status',
            ]);
        });

        for (const session of [undefined, 'nobody', 'empty']) {
            it(`answers 401 where nobody is signed in: ${session ?? 'no session'}`, async () => {
                const answer = await ask('GET', '/keys', { session: session ?? '' });
                assert.deepEqual([answer.status, answer.body.error.code], [401, 'unauthenticated']);
                assert.deepEqual(issueKey.requests, []);
            });
        }

        for (const session of ['broken', 'odd', 'text']) {
            it(`answers 500 and asks nothing where the portal gives no customer: ${session}`, async () => {
                const answer = await ask('POST', '/keys', { session, body: {} });
                assert.deepEqual([answer.status, answer.body.error.code], [500, 'internal_error']);
                assert.doesNotMatch(JSON.stringify(answer), /10\.0\.0\.7|customerId/);
                assert.equal(errors.length, 1);
                assert.deepEqual(issueKey.requests, []);
            });
        }

        it("P1: another customer's key is not there, whatever is asked about it", async () => {
            const { keyId } = await create('bob');
            for (const [method, path, body] of [
                ['GET', ''],
                ['PATCH', '', { name: 'mine' }],
                ['POST', '/roll', {}],
                ['POST', '/suspend', {}],
                ['POST', '/resume', {}],
                ['POST', '/revoke', {}],
            ]) {
                const answer = await ask(method, `/keys/${keyId}${path}`, { body });
                assert.equal(answer.status, 404, method + path);
                assert.deepEqual(answer.body, { error: { code: 'not_found', message: 'There is no such key' } });
            }
            assert.equal((await ask('GET', `/keys/${keyId}`, { session: 'bob' })).body.status, 'valid');
        });

        it("P2: a cursor that is another customer's, or changed, is refused", async () => {
            await create('bob');
            await create('bob');
            const { cursor } = (await ask('GET', '/keys?limit=1', { session: 'bob' })).body;
            for (const [session, text] of [
                ['ada', cursor],
                ['bob', cursor.replace('1.', '2.')],
                ['bob', `${cursor}x`],
            ]) {
                const answer = await ask('GET', `/keys?cursor=${encodeURIComponent(text)}`, { session });
                assert.deepEqual([answer.status, answer.body.error.code], [400, 'invalid_request']);
            }
            assert.equal((await ask('GET', `/keys?limit=1&cursor=${cursor}`, { session: 'bob' })).body.keys.length, 1);
        });

        it('P3: a request that names a customer, or anything but its own fields, is refused', async () => {
            const { keyId } = await create('ada');
            issueKey.requests = [];
            const named = [
                'customerId',
                'customer_id',
                'email',
                'subscriptionId',
                'scopes',
                'plan',
                'metadata',
                'apikey',
            ];
            const texts = named.map((field) => JSON.stringify({ [field]: 'cus_bob' }));
            texts.push(
                '{"__proto__":{"customerId":"cus_bob"}}',
                '{"constructor":{"prototype":{"customerId":"cus_bob"}}}',
            );
            for (const [method, path] of [
                ['POST', '/keys'],
                ['PATCH', `/keys/${keyId}`],
                ['POST', `/keys/${keyId}/roll`],
                ['POST', `/keys/${keyId}/revoke`],
            ]) {
                for (const body of texts) {
                    assert.equal((await ask(method, path, { body })).status, 400, `${method} ${path} ${body}`);
                }
                assert.equal((await ask(method, `${path}?customerId=cus_bob`, { body: {} })).status, 400);
            }
            assert.equal((await ask('GET', '/keys?customerId=cus_bob')).status, 400);
            assert.equal((await ask('GET', '/keys?limit=1&limit=2')).status, 400);
            assert.equal((await ask('GET', '/keys?limit=many')).status, 400);
            assert.equal((await ask('GET', `/keys/${keyId}?customerId=cus_bob`)).status, 400);
            assert.deepEqual(issueKey.requests, []);
            assert.equal({}.customerId, undefined);
        });

        it('refuses fields of another type', async () => {
            for (const body of [
                '{"name":{"a":1}}',
                '{"name":7}',
                '{"expiresIn":[1]}',
                '{"expiresIn":null}',
                '{"name":null}',
            ]) {
                assert.equal((await ask('POST', '/keys', { body })).status, 400, body);
            }
            assert.deepEqual(issueKey.requests, []);
        });

        it('refuses what is no JSON object', async () => {
            for (const body of ['[]', '"text"', '7', 'null', '{"name":', 'name=CI']) {
                const answer = await ask('POST', '/keys', { body });
                assert.equal(answer.status, 400, body);
            }
        });

        it('P5: refuses a content type that a form could have', async () => {
            for (const type of [
                'application/x-www-form-urlencoded',
                'text/plain',
                'multipart/form-data; boundary=x',
                '',
            ]) {
                const answer = await ask('POST', '/keys', { body: '{"name":"CI"}', headers: { 'content-type': type } });
                assert.deepEqual([answer.status, answer.body.error.code], [415, 'unsupported_media_type'], type);
            }
            const spelt = { 'content-type': 'Application/JSON; charset=utf-8' };
            assert.equal((await ask('POST', '/keys', { body: {}, headers: spelt })).status, 201);
        });

        it('P6: refuses a giant body', async () => {
            const body = JSON.stringify({ name: 'x'.repeat(17 * 1024) });
            for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
                assert.equal((await ask('POST', '/keys', { body, headers })).status, 413);
            }
            assert.deepEqual(issueKey.requests, []);
        });

        it('P4: refuses requests that other sites make a browser send', async () => {
            for (const headers of [
                { 'sec-fetch-site': 'cross-site' },
                { 'sec-fetch-site': 'same-site' },
                { 'sec-fetch-site': 'cross-site', origin: portal.url.replace('/latchkey', '') },
                { origin: 'https://evil.example' },
                { origin: 'null' },
                { 'sec-fetch-site': 'none' },
            ]) {
                const answer = await ask('POST', '/keys', { body: {}, headers });
                assert.deepEqual([answer.status, answer.body.error.code], [403, 'cross_site'], JSON.stringify(headers));
            }
            assert.equal((await ask('GET', '/keys', { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
            assert.deepEqual(issueKey.requests, []);
        });

        it("follows those of the portal's own pages", async () => {
            const origin = portal.url.replace('/latchkey', '');
            for (const headers of [{ 'sec-fetch-site': 'same-origin', origin: 'https://portal.example' }, { origin }]) {
                assert.equal((await ask('POST', '/keys', { body: {}, headers })).status, 201);
            }
            assert.equal((await ask('GET', '/keys', { headers: { 'sec-fetch-site': 'none' } })).status, 200);
        });

        it('leaves other paths to others, and names the methods of its own', async () => {
            for (const path of [
                '/',
                '/keys/',
                '/keys/a/b',
                '/keys/a/roll/c',
                '/keys/%zz',
                '/key',
                '/keysx',
                '/keys/a/constructor',
            ]) {
                assert.equal((await ask('GET', path)).status, 404, path);
            }
            const answer = await ask('PUT', '/keys', { body: {} });
            assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET, POST']);
            assert.equal((await ask('DELETE', '/keys/a')).headers.allow, 'GET, PATCH');
        });

        it('P7: takes no id that could lead elsewhere', async () => {
            for (const id of ['..', '%2e%2e', '..%2frevoke-customer', '%00', 'a%3fb']) {
                const answer = await ask('POST', `/keys/${id}/revoke`, { body: {} });
                assert.equal(answer.status, 404, id);
            }
            assert.deepEqual(issueKey.requests, []);
        });

        it("serves the page's element, which browsers ask for again only when it changes", async () => {
            const answer = await ask('GET', '/latchkey-keys.js', { session: '' });
            assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'text/javascript; charset=utf-8']);
            const headers = { 'if-none-match': answer.headers.etag };
            assert.equal((await ask('GET', '/latchkey-keys.js', { session: '', headers })).status, 304);
        });
    });
}

describe('the router tells its caller', () => {
    async function answerTo(test, answer, { code = 'POST', path = '/keys' } = {}) {
        const behind = await server(test, answer);
        const errors = [];
        const broken = new LatchkeyClient({ ...latchkey.ways.HTTPS, PLUGIN_LATCHKEY_URL: behind.url });
        const router = keysRouter({ client: broken, customer: () => ADA, onError: (error) => errors.push(error) });
        const portal = await listening(PORTALS['Express 5'](router));
        test.after(() => portal.stop());
        return { ...(await send(portal.url, code, path, { body: code === 'GET' ? undefined : {} })), errors };
    }

    const failing = (status, code) => json(status, { error: { code, message: 'PLUGIN_JWT_KEYS_TABLE at 10.0.0.7' } });

    for (const [what, answer, status, code] of [
        ['a failure of issue-key', failing(500, 'internal_error'), 500, 'internal_error'],
        ['a portal that may not ask', failing(401, 'unauthenticated'), 500, 'internal_error'],
        ['what is not set up', failing(501, 'not_implemented'), 501, 'not_implemented'],
        ['a stack without the route', json(403, { message: 'Missing Authentication Token' }), 500, 'internal_error'],
        [
            'missing permissions',
            json(403, { Message: 'User: arn:aws:iam::1:role/x is not authorized' }),
            500,
            'internal_error',
        ],
        ['throttling', json(429, { message: '10.0.0.7 throttles' }), 503, 'unavailable'],
        ['a web page', json(200, ['PLUGIN_']), 500, 'internal_error'],
    ]) {
        it(`nothing of the inside, and the operator all: ${what}`, async (test) => {
            const { status: got, body, errors } = await answerTo(test, answer);
            assert.deepEqual([got, body.error.code], [status, code]);
            assert.doesNotMatch(JSON.stringify(body), /PLUGIN_|10\.0\.0\.7|arn:aws|Latchkey/);
            assert.deepEqual(
                errors.map((error) => error.name),
                ['LatchkeyError'],
            );
        });
    }

    for (const [status, code] of [
        [400, 'invalid_request'],
        [409, 'conflict'],
    ]) {
        it(`issue-key's own words where they are about the request: ${code}`, async (test) => {
            const answer = await answerTo(test, json(status, { error: { code, message: 'name must be shorter' } }));
            assert.deepEqual(
                [answer.status, answer.body],
                [status, { error: { code, message: 'name must be shorter' } }],
            );
            assert.deepEqual(answer.errors, []);
        });
    }

    it("P1: nothing of another customer's record, should issue-key ever answer with one", async (test) => {
        const record = { keyId: 'k1', customerId: 'cus_bob', name: 'theirs' };
        const one = await answerTo(test, json(200, record), { code: 'GET', path: '/keys/k1' });
        const list = await answerTo(test, json(200, { keys: [record], cursor: null }), { code: 'GET' });
        assert.deepEqual([one.status, list.status], [500, 500]);
        assert.doesNotMatch(JSON.stringify([one.body, list.body]), /theirs/);
    });
});

describe('the options of the router', () => {
    it('let customers suspend only where that is on', async (test) => {
        const portal = await listening(PORTALS['Express 5'](keysRouter({ client, customer })));
        test.after(() => portal.stop());
        assert.equal((await send(portal.url, 'POST', '/keys/k1/suspend', { body: {} })).status, 404);
    });

    it('give new keys what the session says of scopes, plan and metadata', async (test) => {
        const settings = { scopes: ['read'], plan: 'gold', metadata: { team: 'a' }, subscriptionId: 'sub_1' };
        const portal = await listening(
            PORTALS['Express 5'](keysRouter({ client, customer: () => ({ ...ADA, ...settings }) })),
        );
        test.after(() => portal.stop());
        await send(portal.url, 'POST', '/keys', { body: { name: 'CI' } });
        const [{ fields }] = issueKey.requests;
        assert.deepEqual({ ...fields, ...settings, name: 'CI' }, fields);
    });

    it('P10: let nobody roll a key to keep a plan or scopes that the session does not give any more', async (test) => {
        let granted = {};
        const router = keysRouter({ client, customer: () => ({ ...ADA, ...granted }) });
        const portal = await listening(PORTALS['Express 5'](router));
        test.after(() => portal.stop());
        const make = async (settings) => {
            granted = settings;
            return (await send(portal.url, 'POST', '/keys', { body: {} })).body.keyId;
        };
        const roll = async (keyId, settings) => {
            granted = settings;
            return send(portal.url, 'POST', `/keys/${keyId}/roll`, { body: {} });
        };
        const both = { scopes: ['read', 'write'], plan: 'gold' };
        for (const [before, after] of [
            [both, { scopes: ['read'], plan: 'gold' }],
            [both, { scopes: ['read', 'write'], plan: 'free' }],
            [both, { scopes: ['read', 'write'] }],
            [both, { plan: 'gold' }],
            [both, {}],
            [{ scopes: ['read'] }, { scopes: ['read'], plan: 'free' }],
        ]) {
            const keyId = await make(before);
            issueKey.requests = [];
            const answer = await roll(keyId, after);
            assert.deepEqual([answer.status, answer.body.error.code], [409, 'conflict'], JSON.stringify(after));
            assert.match(answer.body.error.message, /^This key has a plan or scopes/);
            assert.deepEqual(
                issueKey.requests.map(({ action }) => action),
                ['getApiKey'],
            );
        }
        for (const [before, after] of [
            [both, both],
            [{ scopes: ['read'], plan: 'gold' }, both],
            [{}, { scopes: ['read'] }],
        ]) {
            assert.equal((await roll(await make(before), after)).status, 201, JSON.stringify(after));
        }
    });

    it('let pages of other origins call that are named', async (test) => {
        const origins = ['https://portal.example'];
        const portal = await listening(PORTALS['Express 5'](keysRouter({ client, customer: () => ADA, origins })));
        test.after(() => portal.stop());
        const from = (origin) =>
            send(portal.url, 'GET', '/keys', { headers: { origin, 'sec-fetch-site': 'cross-site' } });
        assert.equal((await from('https://portal.example')).status, 200);
        assert.equal((await from('https://portal.example.evil.example')).status, 403);
    });

    it('take the plugin of the portal for a client, too', async (test) => {
        const plugin = new LatchkeyProvisioningPlugin(latchkey.ways.HTTPS);
        const portal = await listening(PORTALS['Express 5'](keysRouter({ client: plugin, customer: () => ADA })));
        test.after(() => portal.stop());
        assert.match((await send(portal.url, 'POST', '/keys', { body: {} })).body.apikey, /^eyJ/);
    });

    it('are checked when the router is made', () => {
        assert.throws(() => keysRouter({ client }), /customer is required/);
        assert.throws(
            () => keysRouter({ client, customer, costumer: 1 }),
            /unknown option costumer\. There are client, /,
        );
        for (const origins of ['https://a.example', ['a.example'], ['https://a.example/'], ['*']]) {
            assert.throws(() => keysRouter({ client, customer, origins }), /origins must be a list of origins/);
        }
        assert.throws(() => keysRouter({ customer }), { name: 'LatchkeyError', code: 'invalid_settings' });
    });

    it('need an email where a key is made', async (test) => {
        const errors = [];
        const onError = (error) => errors.push(error.message);
        const router = keysRouter({ client, customer: () => ({ customerId: 'cus_ada' }), onError });
        const portal = await listening(PORTALS['Express 5'](router));
        test.after(() => portal.stop());
        assert.equal((await send(portal.url, 'POST', '/keys', { body: {} })).status, 500);
        assert.match(errors[0], /must give the email/);
        assert.equal((await send(portal.url, 'GET', '/keys')).status, 200);
    });
});
