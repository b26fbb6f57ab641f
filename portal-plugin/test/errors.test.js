'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { inspect } = require('node:util');
const { LatchkeyProvisioningPlugin } = require('..');
const { apiUrl, ways } = require('./local');
const { html, json, server } = require('./servers');

const REGION = { PLUGIN_LATCHKEY_REGION: 'us-east-1' };
const INTERNAL = "internal error; see the function's log for the request r-1";

async function failure(variables) {
    const plugin = new LatchkeyProvisioningPlugin({ ...REGION, ...variables });
    try {
        await plugin.createApiKey('cus_1', 'a@b.co');
    } catch (error) {
        assert.equal(error.name, 'LatchkeyError');
        assert.doesNotMatch(inspect(error), /eyJ/);
        return error;
    }
    throw new assert.AssertionError({ message: 'the call did not fail' });
}

describe('a refusal by Lambda', () => {
    async function refusal(test, answer) {
        const { url } = await server(test, answer);
        return failure({ PLUGIN_LATCHKEY_FUNCTION: 'IssueKeyFunction', PLUGIN_LATCHKEY_ENDPOINT: url });
    }

    function exception(status, name, message) {
        return json(status, { Message: message }, { 'x-amzn-errortype': name, 'x-amzn-requestid': 'r-1' });
    }

    it('tells that there is no such function', async () => {
        const error = await failure({ ...ways['Lambda invoke'], PLUGIN_LATCHKEY_FUNCTION: 'Elsewhere:live' });
        assert.equal(error.code, 'function_not_found');
        assert.equal(error.status, 404);
        assert.match(error.message, /did not find the Lambda function Elsewhere:live at .* IssueKeyFunctionArn/);
    });

    it('tells the permission that is missing', async (test) => {
        const error = await refusal(
            test,
            exception(403, 'AccessDeniedException', 'User: arn:aws:iam::1:user/portal is not authorized to perform'),
        );
        assert.equal(error.code, 'access_denied');
        assert.equal(error.requestId, 'r-1');
        assert.match(
            error.message,
            /User: arn:aws:iam::1:user\/portal .* Allow the portal's role lambda:InvokeFunction on/,
        );
    });

    for (const [name, message] of [
        ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
        ['InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z'],
        ['ExpiredTokenException', 'The security token included in the request is expired'],
    ]) {
        it(`tells bad credentials from missing permissions: ${name}`, async (test) => {
            const error = await refusal(test, exception(403, name, message));
            assert.equal(error.code, 'bad_credentials');
            assert.match(error.message, new RegExp(`${name}.*Renew them`));
        });
    }

    it('tells what else Lambda says', async (test) => {
        const error = await refusal(test, exception(400, 'InvalidParameterValueException', 'No such qualifier'));
        assert.equal(error.code, 'lambda_failed');
        assert.match(error.message, /InvalidParameterValueException: No such qualifier/);
    });

    for (const [status, name] of [
        [500, 'ServiceException'],
        [502, 'ResourceNotReadyException'],
        [503, 'ServiceUnavailableException'],
        [409, 'SnapStartNotReadyException'],
        [409, 'ResourceConflictException'],
    ]) {
        it(`tells what will pass from what is set wrongly: ${name}`, async (test) => {
            const error = await refusal(test, exception(status, name, 'in a moment'));
            assert.deepEqual([error.code, error.status], ['unavailable', status]);
            assert.match(error.message, /could not call the Lambda function .* just now .*: in a moment\), which was tried/);
        });
    }

    it('tells the request id of an internal error', async (test) => {
        const payload = { errorType: 'dev.latchkey.issuekey.InternalErrorException', errorMessage: INTERNAL };
        const error = await refusal(test, json(200, payload, { 'x-amz-function-error': 'Unhandled' }));
        assert.equal(error.code, 'internal_error');
        assert.equal(error.message, `Latchkey, createApiKey: ${INTERNAL}`);
        assert.equal(String(error), "Latchkey failed (internal_error); the portal's log says why");
    });

    it('tells why the function did not start, without a key that may be in it', async (test) => {
        const payload = {
            errorType: 'Runtime.ExitError',
            errorMessage: 'bad:\n- eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
        };
        const headers = { 'x-amz-function-error': 'Unhandled', 'x-amzn-requestid': 'r-2' };
        const error = await refusal(test, json(200, payload, headers));
        assert.equal(error.code, 'function_failed');
        assert.equal(error.requestId, 'r-2');
        assert.match(error.message, /\(Runtime\.ExitError: bad: - \[redacted\]\)\. See its log for the request r-2/);
    });

    for (const status of [200, 502]) {
        it(`tells that a web page with status ${status} is no answer`, async (test) => {
            const error = await refusal(test, html(status));
            assert.equal(error.code, 'unexpected_answer');
            assert.match(
                error.message,
                new RegExp(`gave HTTP ${status} without the JSON object.*PLUGIN_LATCHKEY_ENDPOINT`),
            );
        });
    }

    it('tells that another function answered', async (test) => {
        for (const body of [{ apikey: '' }, { apikey: 1 }, { key: 'the-key' }]) {
            const error = await refusal(test, json(200, body));
            assert.equal(error.code, 'unexpected_answer');
            assert.doesNotMatch(inspect(error), /the-key/);
        }
    });
});

describe('a refusal over HTTPS', () => {
    async function refusal(test, answer) {
        const { url } = await server(test, answer);
        return failure({ PLUGIN_LATCHKEY_URL: url });
    }

    it('tells that the URL is no base of the routes', async () => {
        const error = await failure({ PLUGIN_LATCHKEY_URL: `${apiUrl}/elsewhere` });
        assert.equal(error.code, 'no_route');
        assert.match(error.message, /elsewhere has no route POST \/create-key .* ApiUrl/);
    });

    it('tells the permission that is missing', async (test) => {
        const error = await refusal(
            test,
            json(403, { Message: 'User: x is not authorized to perform: execute-api:Invoke' }),
        );
        assert.equal(error.code, 'access_denied');
        assert.match(error.message, /Allow the portal's role execute-api:Invoke on arn:aws:execute-api:us-east-1:/);
    });

    for (const message of [
        'The security token included in the request is expired',
        'The request signature we calculated does not match the signature you provided.',
    ]) {
        it(`tells bad credentials from missing permissions: ${message}`, async (test) => {
            const error = await refusal(test, json(403, { message }));
            assert.equal(error.code, 'bad_credentials');
        });
    }

    it('tells the request id of an internal error', async (test) => {
        const body = { error: { code: 'internal_error', message: INTERNAL } };
        const error = await refusal(test, json(500, body, { 'x-amzn-requestid': 'r-3' }));
        assert.deepEqual([error.code, error.status, error.requestId], ['internal_error', 500, 'r-3']);
        assert.equal(error.message, `Latchkey, createApiKey: ${INTERNAL}`);
        assert.equal(String(error), "Latchkey failed (internal_error); the portal's log says why");
    });

    it('tells that API Gateway could not answer just now', async (test) => {
        const error = await refusal(test, json(503, { message: 'Service Unavailable' }));
        assert.deepEqual([error.code, error.status], ['unavailable', 503]);
    });

    it('tells that API Gateway got no answer from the function', async (test) => {
        const error = await refusal(
            test,
            json(502, { message: 'Internal server error' }, { 'apigw-requestid': 'r-4' }),
        );
        assert.equal(error.code, 'function_failed');
        assert.match(error.message, /HTTP 502: Internal server error\)\. See its log for the request r-4/);
    });

    for (const status of [200, 502]) {
        it(`tells that a web page with status ${status} is no answer`, async (test) => {
            const error = await refusal(test, html(status));
            assert.equal(error.code, 'unexpected_answer');
            assert.match(error.message, new RegExp(`gave HTTP ${status} \\(text/html\\) without the JSON object`));
        });
    }

    it('does not follow a redirect with a signed request', async (test) => {
        const elsewhere = await server(test, json(200, { apikey: 'the-key' }));
        const { url } = await server(test, json(307, {}, { location: elsewhere.url }));
        assert.equal((await failure({ PLUGIN_LATCHKEY_URL: url })).code, 'unexpected_answer');
        assert.deepEqual(elsewhere.requests, []);
    });

    it('reads no more than an answer of issue-key can be', async (test) => {
        const error = await refusal(test, json(200, { apikey: 'the-key', more: 'x'.repeat(1024 * 1024) }));
        assert.equal(error.code, 'unexpected_answer');
    });

    for (const [code, status] of Object.entries({
        invalid_request: 400,
        not_found: 404,
        conflict: 409,
        not_implemented: 501,
    })) {
        it(`is passed on when it is issue-key's own: ${code}`, async (test) => {
            const error = await refusal(test, json(status, { error: { code, message: 'in its own words' } }));
            assert.deepEqual([error.code, error.status], [code, status]);
            assert.equal(String(error), 'Latchkey, createApiKey: in its own words');
        });
    }
});

describe('the AWS SDK', () => {
    /** Takes away what it finds credentials by. */
    function bare(test, ...names) {
        const before = { ...process.env };
        names.forEach((name) => delete process.env[name]);
        Object.assign(process.env, {
            AWS_EC2_METADATA_DISABLED: 'true',
            AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
            AWS_CONFIG_FILE: '/dev/null',
        });
        test.after(() => {
            process.env = before;
        });
    }

    for (const [way, variables] of Object.entries(ways)) {
        it(`finds no credentials, and the error tells where they may be: ${way}`, async (test) => {
            bare(test, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
            const error = await failure(variables);
            assert.equal(error.code, 'no_credentials');
            assert.match(error.message, /Give the portal's host a role, or set AWS_PROFILE/);
        });
    }
});

it('a user is not taken from an answer that is none', async (test) => {
    const { url } = await server(test, json(200, { apikey: 'the-key' }));
    const plugin = new LatchkeyProvisioningPlugin({ ...REGION, PLUGIN_LATCHKEY_URL: url });
    await assert.rejects(plugin.getUser('cus_1', 'a@b.co'), {
        code: 'unexpected_answer',
        message: /getUser: .* no user/,
    });
});
