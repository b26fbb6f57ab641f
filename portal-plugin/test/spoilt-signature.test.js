'use strict';

const assert = require('node:assert/strict');
const { it } = require('node:test');
const { LatchkeyProvisioningPlugin } = require('..');
const { CREDENTIALS, ways } = require('./local');

for (const [way, variables] of Object.entries(ways)) {
    it(`a request that is signed with another secret is refused as by AWS: ${way}`, async (test) => {
        process.env.AWS_SECRET_ACCESS_KEY = 'other';
        test.after(() => Object.assign(process.env, CREDENTIALS));
        await assert.rejects(new LatchkeyProvisioningPlugin(variables).createApiKey('cus_1', 'a@b.co'), {
            code: 'bad_credentials',
            message: /The request signature we calculated does not match the signature you provided/,
        });
    });

    it(`a request of an unknown access key is refused as by AWS: ${way}`, async (test) => {
        process.env.AWS_ACCESS_KEY_ID = 'AKIDEXAMPLE';
        test.after(() => Object.assign(process.env, CREDENTIALS));
        await assert.rejects(new LatchkeyProvisioningPlugin(variables).createApiKey('cus_1', 'a@b.co'), {
            code: 'bad_credentials',
            message: /The security token included in the request is invalid/,
        });
    });
}
