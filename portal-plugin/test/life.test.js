'use strict';

const assert = require('node:assert/strict');
const { randomUUID } = require('node:crypto');
const http = require('node:http');
const { after, before, describe, it } = require('node:test');
const { LatchkeyClient, keysRouter } = require('..');
const { assertOpen, assertShut } = require('./doors');
const { ways } = require('./local');

for (const [way, variables] of Object.entries(ways)) {
    describe(`a customer's keys in a portal with Latchkey behind it, by ${way}`, () => {
        const errors = [];
        let listener;

        before(async () => {
            const router = keysRouter({
                client: new LatchkeyClient(variables),
                customer: ({ headers }) => ({ customerId: headers.session, email: 'ada@example.com' }),
                onError: (error) => errors.push(error),
            });
            listener = http.createServer((request, response) => router(request, response));
            await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
        });
        after(() => {
            listener.close();
            listener.closeAllConnections();
        });

        /** What the router answers to a customer; it must succeed. */
        async function ask(session, method, path, body) {
            const response = await fetch(`http://127.0.0.1:${listener.address().port}${path}`, {
                method,
                headers: { session, ...(body && { 'content-type': 'application/json' }) },
                body: body && JSON.stringify(body),
            });
            return { status: response.status, body: await response.json() };
        }

        it('are created, rolled and revoked, and every door knows within ten seconds', async () => {
            const ada = `cus_${randomUUID()}`;
            const made = await ask(ada, 'POST', '/keys', { name: 'CI' });
            assert.equal(made.status, 201);
            await assertOpen(made.body.apikey);
            const rolled = await ask(ada, 'POST', `/keys/${made.body.keyId}/roll`, { grace: 0 });
            assert.equal(rolled.status, 201);
            await assertOpen(rolled.body.apikey);
            await assertShut(made.body.apikey);

            const bobs = await ask('cus_bob', 'POST', `/keys/${rolled.body.keyId}/revoke`, {});
            assert.equal(bobs.status, 404);
            await assertOpen(rolled.body.apikey);

            const revoked = await ask(ada, 'POST', `/keys/${rolled.body.keyId}/revoke`, {});
            assert.equal(revoked.status, 200);
            await assertShut(rolled.body.apikey);
            const { body } = await ask(ada, 'GET', '/keys');
            assert.deepEqual(
                body.keys.map(({ keyId, name, status }) => [keyId, name, status]),
                [
                    [rolled.body.keyId, 'CI', 'revoked'],
                    [made.body.keyId, 'CI', 'revoked'],
                ],
            );
            assert.ok(!JSON.stringify(body).includes('eyJ'));
            assert.deepEqual(errors, []);
        });
    });
}
