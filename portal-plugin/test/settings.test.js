'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { LatchkeyProvisioningPlugin } = require('..');
const { readSettings } = require('../lib/settings');

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:latchkey-IssueKey';
const GATEWAY = 'https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod';
const FUNCTION_URL = 'https://abcdef0123456789.lambda-url.us-west-2.on.aws/';

function read(variables) {
    return readSettings((name) => variables[name]);
}

function problems(variables) {
    try {
        read(variables);
    } catch (error) {
        assert.equal(error.code, 'invalid_settings');
        return error.message.split('\n- ').slice(1);
    }
    return [];
}

describe('the function', () => {
    for (const name of ['IssueKey', 'a', 'a'.repeat(64), 'IssueKey:live', 'IssueKey:$LATEST', ARN, `${ARN}:live`]) {
        it(`may be ${name}`, () => {
            assert.equal(read({ PLUGIN_LATCHKEY_FUNCTION: name, AWS_REGION: 'us-east-1' }).functionName, name);
        });
    }

    for (const name of [
        'a'.repeat(65),
        'a b',
        'a:b:c',
        'arn:aws:lambda:eu-central-1:1:function:x',
        `${ARN}/x`,
        'a/b',
    ]) {
        it(`may not be ${name}`, () => {
            assert.deepEqual(problems({ PLUGIN_LATCHKEY_FUNCTION: name }), [
                `PLUGIN_LATCHKEY_FUNCTION: must be the name or ARN of a Lambda function, maybe with an alias, got ${name}`,
            ]);
        });
    }

    it('tells its region by its ARN', () => {
        assert.equal(read({ PLUGIN_LATCHKEY_FUNCTION: ARN }).region, 'eu-central-1');
    });

    it('needs the region of a name from elsewhere, when the portal starts', () => {
        const name = { PLUGIN_LATCHKEY_FUNCTION: 'IssueKey' };
        assert.equal(read({ ...name, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' }).region, 'us-east-1');
        assert.equal(read({ ...name, AWS_DEFAULT_REGION: 'us-east-2' }).region, 'us-east-2');
        assert.deepEqual(problems(name), [
            'PLUGIN_LATCHKEY_REGION: is needed, as a name does not tell the AWS region. Or set PLUGIN_LATCHKEY_FUNCTION to' +
                " the ARN, the stack's output IssueKeyFunctionArn",
        ]);
    });

    it('has no region that leads to another host', () => {
        for (const region of ['eu-west-1.evil.example/', 'us east 1']) {
            assert.deepEqual(problems({ PLUGIN_LATCHKEY_FUNCTION: 'IssueKey', AWS_REGION: region }), [
                `AWS_REGION: must be an AWS region such as us-east-1, got ${region}`,
            ]);
        }
    });

    it('is in the region of its ARN, whatever the portal runs in', () => {
        assert.equal(read({ PLUGIN_LATCHKEY_FUNCTION: ARN, AWS_REGION: 'us-east-1' }).region, 'eu-central-1');
    });

    it('may have its region set, which must be the one of its ARN', () => {
        const variables = { PLUGIN_LATCHKEY_FUNCTION: 'IssueKey', PLUGIN_LATCHKEY_REGION: 'eu-west-3' };
        assert.equal(read(variables).region, 'eu-west-3');
        assert.deepEqual(problems({ ...variables, PLUGIN_LATCHKEY_FUNCTION: ARN }), [
            'PLUGIN_LATCHKEY_REGION: is eu-west-3, but PLUGIN_LATCHKEY_FUNCTION is in eu-central-1. Leave it unset',
        ]);
    });
});

describe('the URL', () => {
    for (const [url, service, region] of [
        [GATEWAY, 'execute-api', 'eu-west-1'],
        ['https://vpce-1.execute-api.eu-west-1.vpce.amazonaws.com/prod', 'execute-api', 'eu-west-1'],
        ['https://a1.execute-api.cn-north-1.amazonaws.com.cn/prod', 'execute-api', 'cn-north-1'],
        [FUNCTION_URL, 'lambda', 'us-west-2'],
    ]) {
        it(`tells the service and the region to sign for: ${url}`, () => {
            const settings = read({ PLUGIN_LATCHKEY_URL: url, AWS_REGION: 'us-east-1' });
            assert.deepEqual([settings.service, settings.region], [service, region]);
        });
    }

    it('needs the region of a custom domain name from elsewhere', () => {
        const url = { PLUGIN_LATCHKEY_URL: 'https://keys.example.com' };
        assert.equal(
            read({ ...url, PLUGIN_LATCHKEY_REGION: 'us-east-1', AWS_REGION: 'us-east-2' }).region,
            'us-east-1',
        );
        assert.equal(read({ ...url, AWS_REGION: 'us-east-2' }).region, 'us-east-2');
        assert.equal(read({ ...url, AWS_DEFAULT_REGION: 'us-east-2' }).service, 'execute-api');
        assert.deepEqual(problems(url), [
            'PLUGIN_LATCHKEY_REGION: is needed, as keys.example.com does not tell the AWS region to sign for',
        ]);
    });

    it('is not taken for an AWS host by a name that only looks like one', () => {
        for (const host of [
            'x.lambda-url.us-east-1.on.aws.example.com',
            'execute-api.us-east-1.amazonaws.com.example.com',
        ]) {
            assert.equal(problems({ PLUGIN_LATCHKEY_URL: `https://${host}` }).length, 1);
        }
    });

    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
        it(`may be plain http at ${host}`, () => {
            assert.equal(read({ PLUGIN_LATCHKEY_URL: `http://${host}:1/prod`, AWS_REGION: 'us-east-1' }).url.port, '1');
        });
    }

    for (const url of ['http://127.0.0.2', 'http://localhost.example.com', 'ftp://localhost']) {
        it(`may not be ${url}`, () => {
            assert.deepEqual(problems({ PLUGIN_LATCHKEY_URL: url, AWS_REGION: 'us-east-1' }), [
                'PLUGIN_LATCHKEY_URL: must begin with https://; http:// is for 127.0.0.1, [::1], localhost and the host that' +
                    ' PLUGIN_LATCHKEY_PLAIN_HTTP names',
            ]);
        });
    }

    it('may be plain http at the one host that is named for it', () => {
        const variables = { AWS_REGION: 'us-east-1', PLUGIN_LATCHKEY_PLAIN_HTTP: 'Latchkey' };
        assert.equal(read({ ...variables, PLUGIN_LATCHKEY_URL: 'http://latchkey:3000/prod' }).url.hostname, 'latchkey');
        assert.equal(problems({ ...variables, PLUGIN_LATCHKEY_URL: 'http://latchkey.example.com/prod' }).length, 1);
    });

    for (const part of ['?a=b', '#a']) {
        it(`may not end with ${part}`, () => {
            assert.deepEqual(problems({ PLUGIN_LATCHKEY_URL: GATEWAY + part }), [
                'PLUGIN_LATCHKEY_URL: must have no user, password, query or fragment',
            ]);
        });
    }

    it('may hold no password, which is not shown', () => {
        const [problem] = problems({ PLUGIN_LATCHKEY_URL: 'https://me:hunter2@a.execute-api.eu-west-1.amazonaws.com' });
        assert.equal(problem, 'PLUGIN_LATCHKEY_URL: must have no user, password, query or fragment');
    });
});

describe('provisioning', () => {
    it('may wait by default, and must not where that is set', () => {
        const variables = { PLUGIN_LATCHKEY_FUNCTION: ARN };
        assert.equal(read(variables).provisionsNow, false);
        assert.equal(read({ ...variables, PLUGIN_LATCHKEY_PROVISION: 'later' }).provisionsNow, false);
        assert.equal(read({ ...variables, PLUGIN_LATCHKEY_PROVISION: 'now' }).provisionsNow, true);
        assert.deepEqual(problems({ ...variables, PLUGIN_LATCHKEY_PROVISION: 'never' }), [
            'PLUGIN_LATCHKEY_PROVISION: must be later or now, got never',
        ]);
    });
});

describe('the timeout', () => {
    const variables = { PLUGIN_LATCHKEY_FUNCTION: ARN };

    it('is ten seconds by default', () => {
        assert.equal(read(variables).timeout, 10_000);
        assert.equal(read({ ...variables, PLUGIN_LATCHKEY_TIMEOUT: ' ' }).timeout, 10_000);
    });

    for (const timeout of ['100', '60000']) {
        it(`may be ${timeout} ms`, () => {
            assert.equal(read({ ...variables, PLUGIN_LATCHKEY_TIMEOUT: timeout }).timeout, Number(timeout));
        });
    }

    for (const timeout of ['99', '60001', '-100', '1e3', '5s', '1000.5']) {
        it(`may not be ${timeout}`, () => {
            assert.deepEqual(problems({ ...variables, PLUGIN_LATCHKEY_TIMEOUT: timeout }), [
                `PLUGIN_LATCHKEY_TIMEOUT: must be 100 to 60000 milliseconds, got ${timeout}`,
            ]);
        });
    }
});

describe('all settings', () => {
    it('are reported at once when the plugin is made', () => {
        const environment = {
            PLUGIN_LATCHKEY_FUNCTION: 'a b',
            LATCHKEY_URL: 'nonsense',
            PLUGIN_LATCHKEY_ENDPOINT: 'http://example.com',
            PLUGIN_LATCHKEY_TIMEOUT: '1',
            PLUGIN_LATCHKEY_REGION: 'Frankfurt',
        };
        assert.throws(
            () => new LatchkeyProvisioningPlugin(environment),
            (error) => {
                const names = error.message
                    .split('\n- ')
                    .slice(1)
                    .map((problem) => problem.split(/[: ]/)[0]);
                assert.deepEqual(names.sort(), [
                    'PLUGIN_LATCHKEY_ENDPOINT',
                    'PLUGIN_LATCHKEY_ENDPOINT',
                    'PLUGIN_LATCHKEY_FUNCTION',
                    'PLUGIN_LATCHKEY_REGION',
                    'PLUGIN_LATCHKEY_TIMEOUT',
                    'PLUGIN_LATCHKEY_URL',
                    'set',
                ]);
                return true;
            },
        );
    });

    it('name one way to issue-key: blank is unset', () => {
        const neither = problems({ PLUGIN_LATCHKEY_FUNCTION: ' ', PLUGIN_LATCHKEY_URL: '' });
        const both = problems({ PLUGIN_LATCHKEY_FUNCTION: ARN, PLUGIN_LATCHKEY_URL: GATEWAY });
        assert.match(neither[0], /^set either PLUGIN_LATCHKEY_FUNCTION, .* neither is set$/);
        assert.match(both[0], /^set either PLUGIN_LATCHKEY_FUNCTION, .* both are set$/);
        assert.deepEqual([neither.length, both.length], [1, 1]);
    });
});
