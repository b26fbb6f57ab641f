'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { after, before, beforeEach, describe, it } = require('node:test');
const { inspect } = require('node:util');
const { apiUrl, ways } = require('./local');
const { Portal } = require('./portal');

/** A portal's folder with this package installed, once under its name and once in the place of the JWT plugin. */
let folder;
let portalRequire;

before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-portal-'));
    fs.mkdirSync(path.join(folder, 'node_modules'));
    for (const name of ['latchkey-portal-plugin', 'dev-portal-jwt-plugin']) {
        fs.symlinkSync(path.join(__dirname, '..'), path.join(folder, 'node_modules', name));
    }
    portalRequire = createRequire(path.join(folder, 'app.js'));
});

after(() => fs.rmSync(folder, { recursive: true }));

beforeEach(() => {
    for (const name of Object.keys(process.env).filter(
        (key) => key.includes('LATCHKEY_') && key.startsWith('PLUGIN_'),
    )) {
        delete process.env[name];
    }
});

function portal(provider, variables) {
    Object.assign(process.env, variables);
    return new Portal({ PLUGIN_APIM_PROVIDER: provider }, portalRequire);
}

async function callApi(apikey) {
    const response = await fetch(`${apiUrl}/orders`, { headers: { authorization: `Bearer ${apikey}` } });
    return { status: response.status, body: await response.json() };
}

for (const [way, variables] of Object.entries(ways)) {
    describe(`the portal with Latchkey behind it, by ${way}`, () => {
        it('gets a key that opens the API for its customer', async () => {
            const answer = await portal('Latchkey', variables).createKey('cus_1', 'a@b.co');
            assert.equal(answer.status, 200);
            const orders = await callApi(answer.body.apikey);
            assert.equal(orders.status, 200);
            assert.equal(orders.body.company, 'cus_1');
        });

        it('gets one with the variables of its JWT plugin left as they are', async () => {
            const answer = await portal('jwt', variables).createKey('cus_2', 'a@b.co');
            assert.equal((await callApi(answer.body.apikey)).body.company, 'cus_2');
        });

        it('gets another key each time', async () => {
            const { plugin } = portal('latchkey', variables);
            assert.notEqual(await plugin.createApiKey('cus_1', 'a@b.co'), await plugin.createApiKey('cus_1', 'a@b.co'));
        });

        it('provisions a user', async () => {
            const it = portal('latchkey', variables);
            assert.equal((await it.register('cus_1', 'a@b.co', 'sub_1')).status, 201);
            const [, user] = it.log[0];
            assert.deepEqual(JSON.parse(user), {
                id: 'cus_1',
                username: 'a@b.co',
                email: 'a@b.co',
                billing_customer_id: 'cus_1',
                billing_subscription_id: 'sub_1',
            });
        });

        it('finds a user, whose ids and address may hold what URLs and signatures must escape', async () => {
            const { plugin } = portal('latchkey', variables);
            const user = await plugin.getUser("cus 1/ü&=+%'*", "o'hara+x%y@b.co");
            assert.equal(user.id, "cus 1/ü&=+%'*");
            assert.equal(user.email, "o'hara+x%y@b.co");
        });

        it("shows issue-key's own words to the customer whose address is refused", async () => {
            const answer = await portal('latchkey', variables).register('cus_1', 'not an address', 'sub_1');
            assert.match(answer.body.message, /provisionUser: email must be one address such as a@b\.co/);
        });

        it('has what a refused call lacks in its log', async () => {
            const it = portal('latchkey', variables);
            const answer = await it.createKey('cus_1', undefined);
            assert.equal(answer.status, 500);
            const [, error] = it.log[0];
            assert.equal(error.code, 'invalid_request');
            assert.match(inspect(error), /LatchkeyError: Latchkey, createApiKey: email is required\n/);
        });
    });
}

describe('the plugin as the portal sees it', () => {
    it('has the slug latchkey', () => {
        assert.equal(portal('latchkey', ways.HTTPS).plugin.slug, 'latchkey');
    });

    it('keeps what only the operator may know out of what the customer sees', async () => {
        const it = portal('latchkey', {
            ...ways['Lambda invoke'],
            PLUGIN_LATCHKEY_FUNCTION: 'Elsewhere',
            PLUGIN_LATCHKEY_PROVISION: 'now',
        });
        const answer = await it.register('cus_1', 'a@b.co', 'sub_1');
        const [, error] = it.log[0];
        assert.equal(
            answer.body.message,
            "Failed to provision user. Latchkey failed (function_not_found); the portal's log says why",
        );
        assert.match(inspect(error), /arn:aws:lambda:us-east-1:123456789012:function:Elsewhere/);
    });

    it('keeps the portal from starting when the settings do not work', () => {
        assert.throws(() => portal('latchkey', {}), { name: 'LatchkeyError', code: 'invalid_settings' });
    });

    it('reads a variable without PLUGIN_ where the one with it is unset or empty', () => {
        const { plugin } = portal('latchkey', {
            ...ways.HTTPS,
            PLUGIN_LATCHKEY_A: '',
            LATCHKEY_A: 'a',
            LATCHKEY_B: 'b',
        });
        Object.assign(process.env, { PLUGIN_LATCHKEY_B: 'first' });
        assert.equal(plugin.getConfig('PLUGIN_LATCHKEY_A'), 'a');
        assert.equal(plugin.getConfig('PLUGIN_LATCHKEY_B'), 'first');
        assert.equal(plugin.getConfig('PLUGIN_LATCHKEY_C'), undefined);
    });
});
