'use strict';

const assert = require('node:assert/strict');
const { createHash, createHmac } = require('node:crypto');
const { it } = require('node:test');
const { LatchkeyClient } = require('..');
const { CREDENTIALS } = require('./credentials');
const { json, server } = require('./servers');

/**
 * The signature that a request must have, by the steps of Signature Version 4 (IAM User Guide, Create a signed AWS API
 * request), from what arrived. The path is encoded once more, as for all services but S3.
 */
function expectedSignature({ method, url, headers, body }, { date, region, service, signedHeaders }) {
    const hash = (text) => createHash('sha256').update(text).digest('hex');
    const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
    const [path, query = ''] = url.split('?');
    const canonical = [
        method,
        path.split('/').map(encodeURIComponent).join('/'),
        query.split('&').sort().join('&'),
        ...signedHeaders.map((name) => `${name}:${headers[name]}`),
        '',
        signedHeaders.join(';'),
        hash(body),
    ].join('\n');
    const scope = `${date}/${region}/${service}/aws4_request`;
    const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
    const key = [date, region, service, 'aws4_request'].reduce(hmac, `AWS4${CREDENTIALS.AWS_SECRET_ACCESS_KEY}`);
    return createHmac('sha256', key).update(toSign).digest('hex');
}

const HEADER =
    /^AWS4-HMAC-SHA256 Credential=local\/(\d{8})\/(us-east-1)\/(execute-api)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

const WHO = { customerId: "cus 1/ü&=+%'*", email: "o'hara+x%y@b.co", keyId: 'a_b-c' };
const CALLS = {
    createApiKey: ['POST', '/prod/create-key'],
    provisionUser: ['POST', '/prod/provision-user'],
    getUser: ['GET', '/prod/user'],
    listApiKeys: ['GET', '/prod/keys'],
    getApiKey: ['GET', '/prod/keys/a_b-c'],
    updateApiKey: ['PATCH', '/prod/keys/a_b-c'],
    revokeApiKey: ['POST', '/prod/keys/a_b-c/revoke'],
    revokeCustomer: ['POST', '/prod/revoke-customer'],
};

for (const [action, [method, path]] of Object.entries(CALLS)) {
    it(`${action} over HTTPS is signed as AWS computes it`, async (test) => {
        const { url, requests } = await server(test, json(200, { apikey: 'the-key', id: 'cus_1', ...WHO, keys: [] }));
        const client = new LatchkeyClient({
            PLUGIN_LATCHKEY_URL: `${url}/prod/`,
            PLUGIN_LATCHKEY_REGION: 'us-east-1',
        });
        await client[action](WHO);
        const [request] = requests;
        const [, date, region, service, names, signature] = HEADER.exec(request.headers.authorization);
        const signedHeaders = names.split(';');
        assert.equal(signature, expectedSignature(request, { date, region, service, signedHeaders }));
        assert.ok(signedHeaders.includes('host') && signedHeaders.includes('x-amz-date'));
        assert.deepEqual([request.method, request.url.split('?')[0]], [method, path]);
    });
}
