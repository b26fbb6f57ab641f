'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { setTimeout: pause } = require('node:timers/promises');
const { LatchkeyProvisioningPlugin } = require('..');
const { DeferredUsers } = require('../lib/deferred-users');
const { LatchkeyError } = require('../lib/error');
const { json, reset, server } = require('./servers');

require('./credentials');

const BROKEN = json(502, { message: 'Internal server error' });
const WHO = { customerId: 'cus_1', email: 'a@b.co' };

function plugin(url, variables) {
    return new LatchkeyProvisioningPlugin({ PLUGIN_LATCHKEY_URL: url, PLUGIN_LATCHKEY_REGION: 'us-east-1', ...variables });
}

/** What the plugin logs. */
function logged(test) {
    const { mock } = test.mock.method(console, 'warn', () => {});
    return () => mock.calls.map(({ arguments: [line] }) => line);
}

describe('a customer who has paid', () => {
    for (const [what, answer] of Object.entries({
        crashes: BROKEN,
        'cannot be reached': reset,
        'may not be called': json(403, { Message: 'User: x is not authorized to perform: execute-api:Invoke' }),
    })) {
        it(`is provisioned although issue-key ${what}`, async (test) => {
            const lines = logged(test);
            const { url } = await server(test, answer);
            const user = await plugin(url).provisionUser('cus_1', 'a@b.co', 'sub_1');
            assert.deepEqual(user, {
                id: 'cus_1',
                username: 'a@b.co',
                email: 'a@b.co',
                billing_customer_id: 'cus_1',
                billing_subscription_id: 'sub_1',
            });
            assert.equal(lines().length, 1);
            assert.match(lines()[0], /^Latchkey: issue-key will be told of the customer cus_1 later\. Latchkey, provisionUser/);
        });
    }

    it('is not, where that is set', async (test) => {
        const lines = logged(test);
        const { url } = await server(test, BROKEN);
        const strict = plugin(url, { PLUGIN_LATCHKEY_PROVISION: 'now' });
        await assert.rejects(strict.provisionUser('cus_1', 'a@b.co', 'sub_1'), { code: 'function_failed' });
        assert.deepEqual(lines(), []);
    });

    it('is not, when issue-key refuses', async (test) => {
        const { url } = await server(test, json(400, { error: { code: 'invalid_request', message: 'No' } }));
        await assert.rejects(plugin(url).provisionUser('cus_1', 'a@b.co'), { code: 'invalid_request' });
    });

    for (const [subscription, sent] of [
        [42, '42'],
        ['', undefined],
        [null, undefined],
    ]) {
        it(`may have the subscription ${JSON.stringify(subscription)}`, async (test) => {
            const { url, requests } = await server(test, json(200, { id: '7' }));
            await plugin(url).provisionUser(7, 'a@b.co', subscription);
            const { customerId, subscriptionId } = JSON.parse(requests[0].body);
            assert.deepEqual([customerId, subscriptionId], ['7', sent]);
        });
    }
});

describe('a user whom issue-key could not be told of', () => {
    const down = new LatchkeyError('provisionUser', 'unreachable', 'it is down');
    const refusal = new LatchkeyError('provisionUser', 'invalid_request', 'it does not like it', { forCustomers: true });

    /** Waits until there are so many lines. */
    async function told(lines, count) {
        const end = Date.now() + 10_000;
        while (lines.length < count && Date.now() < end) {
            await pause(5);
        }
        return lines;
    }

    it('is told again until issue-key answers, and then no more', async () => {
        const answers = [down, down, undefined];
        const calls = [];
        const lines = [];
        const deferred = new DeferredUsers(
            async (fields) => {
                calls.push(fields);
                const answer = answers[calls.length - 1];
                if (answer) {
                    throw answer;
                }
            },
            (line) => lines.push(line),
            10,
        );
        deferred.add(WHO, down);
        assert.deepEqual((await told(lines, 2)).slice(1), ['Latchkey: issue-key has been told of the customer cus_1']);
        await pause(50);
        assert.deepEqual(calls, [WHO, WHO, WHO]);
    });

    it('is given up when issue-key refuses', async () => {
        const lines = [];
        let calls = 0;
        const refusing = async () => {
            calls++;
            throw refusal;
        };
        new DeferredUsers(refusing, (line) => lines.push(line), 1).add(WHO, down);
        const [, line] = await told(lines, 2);
        assert.match(line, /will not be told of the customer cus_1 any more\. Latchkey, provisionUser: it does not like it/);
        await pause(30);
        assert.equal(calls, 1);
    });

    it('keeps nobody behind it waiting when issue-key fails for it alone', async () => {
        const lines = [];
        const deferred = new DeferredUsers(
            async ({ customerId }) => {
                if (customerId === 'cus_bad') {
                    throw new LatchkeyError('provisionUser', 'internal_error', 'it breaks');
                }
            },
            (line) => lines.push(line),
            5,
        );
        deferred.add({ customerId: 'cus_bad' }, down);
        deferred.add({ customerId: 'cus_1' }, down);
        assert.deepEqual((await told(lines, 3)).slice(2), ['Latchkey: issue-key has been told of the customer cus_1']);
    });

    it('is forgotten when it is told by another way, and cannot write lines of its own', async () => {
        const lines = [];
        const calls = [];
        const deferred = new DeferredUsers(
            async (fields) => calls.push(fields),
            (line) => lines.push(line),
            20,
        );
        deferred.add({ customerId: 'cus_1\nLatchkey: forged' }, down);
        assert.doesNotMatch(lines[0], /\n/);
        deferred.forget('cus_1\nLatchkey: forged');
        await pause(60);
        assert.deepEqual(calls, []);
    });

    it('makes room for others when a thousand wait', () => {
        const lines = [];
        const deferred = new DeferredUsers(async () => {}, (line) => lines.push(line));
        for (let i = 0; i <= 1000; i++) {
            deferred.add({ customerId: `cus_${i}` }, down);
        }
        assert.deepEqual(
            lines.filter((line) => line.includes('any more')),
            ['Latchkey: issue-key will not be told of the customer cus_0 any more. More than 1000 customers wait'],
        );
    });
});
