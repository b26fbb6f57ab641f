'use strict';

const assert = require('node:assert/strict');
const { after, before, beforeEach, describe, it } = require('node:test');
const { inspect } = require('node:util');
const { LatchkeyClient, LatchkeyProvisioningPlugin } = require('..');
require('./credentials');
const { MemoryIssueKey, serve } = require('./memory');
const { json, server } = require('./servers');

const WHO = { customerId: 'cus_1', email: 'a@b.co' };
const RECORD_ACTIONS = ['getApiKey', 'updateApiKey', 'suspendApiKey', 'resumeApiKey', 'revokeApiKey', 'rollApiKey'];

for (const way of ['Lambda invoke', 'HTTPS']) {
    describe(`the client, by ${way}`, () => {
        let issueKey;
        let served;
        let client;

        before(async () => {
            issueKey = new MemoryIssueKey();
            served = await serve(issueKey);
            client = new LatchkeyClient(served.ways[way]);
        });
        beforeEach(() => (issueKey.requests = []));
        after(() => served.stop());

        it('creates a key with all that it may have', async () => {
            const settings = { name: 'Production', scopes: ['read'], plan: 'gold', metadata: { team: 'a' } };
            const key = await client.createApiKey({ ...WHO, ...settings, expiresIn: '7d', subscriptionId: 'sub_1' });
            assert.match(key.apikey, /^eyJ/);
            const { apikey, ...record } = key;
            assert.deepEqual(await client.getApiKey({ customerId: 'cus_1', keyId: key.keyId }), record);
            assert.deepEqual({ ...record, ...settings }, record);
            assert.equal(Date.parse(key.expiresAt) - Date.parse(key.createdAt), 7 * 86_400_000);
            const [{ fields }] = issueKey.requests;
            assert.equal(fields.subscriptionId, 'sub_1');
            assert.match(fields.idempotencyKey, /^[0-9a-f-]{36}$/);
        });

        it('gives the same key again for an idempotency key of the caller', async () => {
            const fields = { ...WHO, idempotencyKey: 'order 7' };
            assert.deepEqual(await client.createApiKey(fields), await client.createApiKey(fields));
        });

        it('lists page by page, newest first', async () => {
            const customerId = 'cus pages/ü&=';
            for (const name of ['first', 'second', 'third']) {
                await client.createApiKey({ customerId, email: 'a@b.co', name });
            }
            const first = await client.listApiKeys({ customerId, limit: 2 });
            const second = await client.listApiKeys({ customerId, limit: 2, cursor: first.cursor });
            assert.deepEqual(
                [...first.keys, ...second.keys].map((key) => key.name),
                ['third', 'second', 'first'],
            );
            assert.equal(second.cursor, null);
        });

        it('renames, and takes the name away', async () => {
            const { keyId } = await client.createApiKey({ ...WHO, name: 'old' });
            const key = { customerId: 'cus_1', keyId };
            assert.equal((await client.updateApiKey({ ...key, name: 'new' })).name, 'new');
            assert.deepEqual((await client.updateApiKey({ ...key, metadata: { a: 'b' } })).metadata, { a: 'b' });
            const bare = await client.updateApiKey({ ...key, name: null, metadata: null });
            assert.deepEqual([bare.name, bare.metadata], [null, {}]);
        });

        it('suspends, resumes and revokes', async () => {
            const { keyId } = await client.createApiKey(WHO);
            const key = { customerId: 'cus_1', keyId };
            const suspended = await client.suspendApiKey(key);
            assert.equal(suspended.status, 'suspended');
            assert.match(suspended.effectiveFrom, /Z$/);
            assert.equal((await client.resumeApiKey(key)).status, 'valid');
            assert.equal((await client.revokeApiKey(key)).status, 'revoked');
            await assert.rejects(client.resumeApiKey(key), { name: 'LatchkeyError', code: 'conflict', status: 409 });
        });

        it('revokes by the text of the key, and sends nothing else', async () => {
            const { keyId, apikey } = await client.createApiKey(WHO);
            issueKey.requests = [];
            const record = await client.revokeApiKey({ apikey, customerId: 'cus_2', keyId: 'other' });
            assert.deepEqual([record.keyId, record.status], [keyId, 'revoked']);
            assert.deepEqual(issueKey.requests, [{ action: 'revokeApiKey', fields: { apikey } }]);
        });

        it('rolls, and the same call gives the same key', async () => {
            const { keyId } = await client.createApiKey({ ...WHO, name: 'rolling' });
            const fields = { ...WHO, keyId, grace: '1h', idempotencyKey: 'roll 1' };
            const made = await client.rollApiKey(fields);
            assert.deepEqual([made.name, made.rolledFrom], ['rolling', keyId]);
            assert.equal(Date.parse(made.previousEndsAt) - Date.parse(made.createdAt), 3_600_000);
            assert.deepEqual(await client.rollApiKey(fields), made);
            await assert.rejects(client.rollApiKey({ ...WHO, keyId }), { code: 'conflict' });
        });

        it('revokes all keys of a customer', async () => {
            await client.createApiKey({ ...WHO, customerId: 'cus_gone' });
            const answer = await client.revokeCustomer({ customerId: 'cus_gone' });
            assert.equal(answer.customerId, 'cus_gone');
            const { keys } = await client.listApiKeys({ customerId: 'cus_gone' });
            assert.deepEqual(
                keys.map((key) => key.status),
                ['revoked'],
            );
        });

        it("tells issue-key's refusals by code and status, and has no key in them", async () => {
            const { apikey } = await client.createApiKey(WHO);
            for (const [call, code, status] of [
                [() => client.createApiKey({ ...WHO, expiresIn: '31d' }), 'invalid_request', 400],
                [() => client.listApiKeys({ customerId: 'cus_1', cursor: '1.forged' }), 'invalid_request', 400],
                [() => client.getApiKey({ customerId: 'cus_1', keyId: 'other' }), 'not_found', 404],
                [() => client.revokeApiKey({ apikey: `${apikey}x` }), 'invalid_request', 400],
            ]) {
                await assert.rejects(call(), (error) => {
                    assert.deepEqual([error.name, error.code, error.status], ['LatchkeyError', code, status]);
                    assert.doesNotMatch(inspect(error), /eyJ/);
                    return true;
                });
            }
        });

        it('P7: sends no id that could lead elsewhere', async () => {
            const hostile = [
                '',
                '.',
                '..',
                '../revoke-customer',
                'a/b',
                'a?b',
                'ü',
                'x'.repeat(65),
                undefined,
                null,
                7,
            ];
            for (const keyId of hostile) {
                for (const action of RECORD_ACTIONS) {
                    await assert.rejects(client[action]({ ...WHO, keyId }), { code: 'not_found', status: 404 });
                }
            }
            assert.deepEqual(issueKey.requests, []);
        });

        it('sends no field that an action does not have', async () => {
            await client.listApiKeys({
                customerId: 'cus_1',
                action: 'revokeCustomer',
                createdBy: 'somebody',
                limit: null,
            });
            assert.deepEqual(issueKey.requests, [{ action: 'listApiKeys', fields: { customerId: 'cus_1' } }]);
        });

        it('takes no answer for what it is not', async (test) => {
            const { url } = await server(test, json(200, { something: 'else' }));
            const variables = { ...served.ways[way] };
            variables[way === 'HTTPS' ? 'PLUGIN_LATCHKEY_URL' : 'PLUGIN_LATCHKEY_ENDPOINT'] = url;
            const misled = new LatchkeyClient(variables);
            for (const action of [...RECORD_ACTIONS, 'createApiKey', 'listApiKeys', 'revokeCustomer']) {
                await assert.rejects(misled[action]({ ...WHO, keyId: 'k' }), { code: 'unexpected_answer' });
            }
        });

        it('has the same operations as the plugin', async () => {
            const plugin = new LatchkeyProvisioningPlugin(served.ways[way]);
            assert.match(await plugin.createApiKey('cus_plugin', 'a@b.co', { name: 'by the plugin' }), /^eyJ/);
            const customerId = 'cus_plugin';
            const { keys } = await plugin.listApiKeys({ customerId });
            assert.equal(keys[0].name, 'by the plugin');
            const key = { customerId, keyId: keys[0].keyId };
            assert.equal((await plugin.getApiKey(key)).name, 'by the plugin');
            assert.equal((await plugin.updateApiKey({ ...key, name: 'other' })).name, 'other');
            assert.equal((await plugin.suspendApiKey(key)).status, 'suspended');
            assert.equal((await plugin.resumeApiKey(key)).status, 'valid');
            assert.equal((await plugin.rollApiKey({ ...key, email: 'a@b.co', grace: 0 })).rolledFrom, key.keyId);
            assert.equal((await plugin.revokeApiKey(key)).status, 'revoked');
            assert.equal((await plugin.revokeCustomer({ customerId })).customerId, customerId);
        });
    });
}

it('over HTTPS, a stack that has no such routes yet is told from a missing key', async (test) => {
    const { url } = await server(test, json(403, { message: 'Missing Authentication Token' }));
    const client = new LatchkeyClient({ PLUGIN_LATCHKEY_URL: url, PLUGIN_LATCHKEY_REGION: 'us-east-1' });
    await assert.rejects(client.rollApiKey({ ...WHO, keyId: 'k1' }), {
        code: 'no_route',
        message: /has no route POST \/keys\/\{keyId\}\/roll/,
    });
});
