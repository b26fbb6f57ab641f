'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { LatchkeyProvisioningPlugin } = require('..');
const { apiUrl, lambdaUrl } = require('./local');
const { forwarding, html, json, reset, server, silent } = require('./servers');

const issued = json(200, { apikey: 'the-key', keyId: 'k1' });

const WAYS = [
    {
        way: 'Lambda invoke',
        variables: (url) => ({ PLUGIN_LATCHKEY_FUNCTION: 'IssueKeyFunction', PLUGIN_LATCHKEY_ENDPOINT: url }),
        throttled: json(429, { message: 'Rate Exceeded.' }, { 'x-amzn-errortype': 'TooManyRequestsException' }),
        broken: json(500, { message: 'Service error' }, { 'x-amzn-errortype': 'ServiceException' }),
        crashed: json(200, { errorType: 'Runtime.ExitError' }, { 'x-amz-function-error': 'Unhandled' }),
        refused: json(400, { message: 'No' }, { 'x-amzn-errortype': 'InvalidParameterValueException' }),
        real: lambdaUrl,
        path: '',
    },
    {
        way: 'HTTPS',
        variables: (url) => ({ PLUGIN_LATCHKEY_URL: url }),
        throttled: json(429, { message: 'Too Many Requests' }),
        broken: json(503, { message: 'Service Unavailable' }),
        crashed: json(502, { message: 'Internal server error' }),
        refused: json(400, { error: { code: 'invalid_request', message: 'No' } }),
        real: new URL(apiUrl).origin,
        path: new URL(apiUrl).pathname,
    },
];

function idempotencyKeys(requests) {
    return requests.map((request) => JSON.parse(request.body).idempotencyKey);
}

for (const { way, variables, throttled, broken, crashed, refused, real, path } of WAYS) {
    describe(`a call by ${way}`, () => {
        function plugin(url, more) {
            return new LatchkeyProvisioningPlugin({
                ...variables(url + path),
                PLUGIN_LATCHKEY_REGION: 'us-east-1',
                PLUGIN_LATCHKEY_TIMEOUT: '20000',
                ...more,
            });
        }

        for (const [what, failure] of Object.entries({
            'is throttled': throttled,
            'loses its connection': reset,
            'cannot be answered just now': broken,
            'crashes the function': crashed,
            'gets a proxy\'s page': html(502),
        })) {
            it(`that ${what} is tried once more, with the same idempotency key`, async (test) => {
                const { url, requests } = await server(test, failure, issued);
                assert.equal(await plugin(url).createApiKey('cus_1', 'a@b.co'), 'the-key');
                const [first, second, ...more] = idempotencyKeys(requests);
                assert.match(first, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
                assert.equal(second, first);
                assert.deepEqual(more, []);
            });
        }

        for (const [code, failure] of Object.entries({
            throttled,
            unreachable: reset,
            unavailable: broken,
            function_failed: crashed,
        })) {
            it(`that is ${code} twice is not tried again`, async (test) => {
                const { url, requests } = await server(test, failure);
                await assert.rejects(plugin(url).createApiKey('cus_1', 'a@b.co'), { code });
                assert.equal(requests.length, 2);
            });
        }

        it('that is never answered ends in time', async (test) => {
            const { url } = await server(test, silent);
            const hasty = plugin(url, { PLUGIN_LATCHKEY_TIMEOUT: '200' });
            await assert.rejects(hasty.createApiKey('cus_1', 'a@b.co'), {
                code: 'timeout',
                message: /no answer from .* within 200 ms \(PLUGIN_LATCHKEY_TIMEOUT\), in which it was tried twice/,
            });
        });

        it(
            'that gets no answer is given up and tried once more when half of the time is over',
            { timeout: 60_000 },
            async (test) => {
                let closed;
                const givenUp = new Promise((resolve) => (closed = resolve));
                const { url, requests } = await server(test, (response) => response.on('close', closed), issued);
                const waiting = plugin(url, { PLUGIN_LATCHKEY_TIMEOUT: '6000' });
                assert.equal(await waiting.createApiKey('cus_1', 'a@b.co'), 'the-key');
                await givenUp;
                assert.equal(requests.length, 2);
            },
        );

        it('that fails otherwise is not tried again', async (test) => {
            const { url, requests } = await server(test, refused, issued);
            await assert.rejects(plugin(url).createApiKey('cus_1', 'a@b.co'));
            assert.equal(requests.length, 1);
        });

        it('has an idempotency key of its own', async (test) => {
            const { url, requests } = await server(test, issued);
            const one = plugin(url);
            await one.createApiKey('cus_1', 'a@b.co');
            await one.createApiKey('cus_1', 'a@b.co');
            const [first, second] = idempotencyKeys(requests);
            assert.notEqual(first, second);
        });

        it('whose answer is lost reaches issue-key again with the same idempotency key', async (test) => {
            const lost = [];
            const losing = forwarding(real, (answer, response) => {
                lost.push(answer);
                response.socket.destroy();
            });
            const { url, requests } = await server(test, losing, forwarding(real));
            const key = await plugin(url).createApiKey('cus_1', 'a@b.co');
            assert.match(key, /^eyJ/);
            assert.match(JSON.parse(lost[0].body).apikey, /^eyJ/);
            const [first, second] = idempotencyKeys(requests);
            assert.equal(second, first);
        });

        it('for a user has no idempotency key', async (test) => {
            const { url, requests } = await server(test, json(200, { id: 'cus_1' }));
            await plugin(url).provisionUser('cus_1', 'a@b.co', null);
            const { action, ...fields } = JSON.parse(requests[0].body);
            assert.deepEqual(fields, { customerId: 'cus_1', email: 'a@b.co' });
        });
    });
}

it('a call to where nobody listens says so', async () => {
    const plugin = new LatchkeyProvisioningPlugin({
        PLUGIN_LATCHKEY_FUNCTION: 'IssueKeyFunction',
        PLUGIN_LATCHKEY_ENDPOINT: 'http://127.0.0.1:1',
        PLUGIN_LATCHKEY_REGION: 'us-east-1',
    });
    await assert.rejects(plugin.getUser('cus_1', 'a@b.co'), {
        code: 'unreachable',
        message: /cannot reach the Lambda function IssueKeyFunction at http:\/\/127\.0\.0\.1:1 \(.*ECONNREFUSED/,
    });
});
