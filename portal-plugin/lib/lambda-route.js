'use strict';

const { issueKeyError, jsonObject } = require('./answer');
const { areBadCredentials, badCredentials } = require('./aws');
const { LatchkeyError, oneLine } = require('./error');
const { SignedHttp } = require('./signed-http');

/** What Lambda says besides 5xx of a function that will work in a moment (Lambda API, Invoke, Errors). */
const PASSING = new Set(['ResourceConflictException', 'SnapStartNotReadyException', 'SnapStartTimeoutException']);

/** The way to issue-key by Lambda's Invoke. */
class LambdaRoute {
    #url;
    #path;
    #http;

    /** @param {import('./settings').Settings} settings with a `functionName` */
    constructor({ endpoint, functionName, region }) {
        this.#url = endpoint ?? new URL(`https://lambda.${region}.${suffix(region)}`);
        this.#path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
        this.#http = new SignedHttp({ service: 'lambda', region });
        this.target = `the Lambda function ${functionName}${endpoint ? ` at ${endpoint.origin}` : ''}`;
    }

    /**
     * Sends a request.
     *
     * @param {{action: string, fields: object}} request
     * @param {AbortSignal} signal ends it early
     * @returns {Promise<object>} issue-key's answer
     * @throws {LatchkeyError}
     */
    async send({ action, fields }, signal) {
        const request = {
            url: this.#url,
            method: 'POST',
            path: this.#url.pathname.replace(/\/+$/, '') + this.#path,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ ...fields, action }),
        };
        const { status, headers, body } = await this.#http.send({ action, target: this.target }, request, signal);
        const details = { status, requestId: headers['x-amzn-requestid'] };
        const answer = jsonObject(body);
        if (status !== 200) {
            throw this.#refusal(action, headers['x-amzn-errortype'], answer, details);
        }
        if (headers['x-amz-function-error']) {
            throw functionError(action, answer, details);
        }
        const error = issueKeyError(action, answer, { requestId: details.requestId });
        if (error || !answer) {
            throw error ?? unexpected(action, this.target, details);
        }
        return answer;
    }

    /** What Lambda's refusal means. */
    #refusal(action, type, answer, details) {
        const { status } = details;
        const [name] = oneLine(type ?? '').split(':');
        const said = oneLine(`${name || `HTTP ${status}`}: ${answer?.message ?? answer?.Message ?? 'no message'}`);
        const failed = (code, message) => new LatchkeyError(action, code, message, details);
        if (status === 429) {
            return failed(
                'throttled',
                `Lambda throttles ${this.target} (${said}), which was tried twice. Raise its reserved concurrency or the` +
                    " account's",
            );
        }
        if (name === 'ResourceNotFoundException') {
            return failed(
                'function_not_found',
                `did not find ${this.target} (${said}). Set PLUGIN_LATCHKEY_FUNCTION to the stack's output` +
                    ' IssueKeyFunctionArn',
            );
        }
        if (name === 'AccessDeniedException') {
            return failed(
                'access_denied',
                `may not call ${this.target} (${said}). Allow the portal's role lambda:InvokeFunction on its ARN, with` +
                    ' the alias if one is set',
            );
        }
        if (status === 403 && areBadCredentials(said)) {
            return badCredentials(action, said, details);
        }
        if (PASSING.has(name) || (name.endsWith('Exception') && status >= 500)) {
            return failed(
                'unavailable',
                `Lambda could not call ${this.target} just now (${said}), which was tried twice. If it lasts, see the` +
                    " function's page in the AWS console, and AWS's Health Dashboard",
            );
        }
        if (!name.endsWith('Exception')) {
            return unexpected(action, this.target, details);
        }
        return failed('lambda_failed', `Lambda did not call ${this.target} (${said}). See its page in the AWS console`);
    }
}

/** The end of host names by the beginning of a region (AWS SDKs, partitions.json). */
const SUFFIXES = {
    'cn-': 'amazonaws.com.cn',
    'eusc-': 'amazonaws.eu',
    'us-iso-': 'c2s.ic.gov',
    'us-isob-': 'sc2s.sgov.gov',
    'us-isof-': 'csp.hci.ic.gov',
    'eu-isoe-': 'cloud.adc-e.uk',
};

function suffix(region) {
    const beginning = Object.keys(SUFFIXES).find((one) => region.startsWith(one));
    return beginning ? SUFFIXES[beginning] : 'amazonaws.com';
}

/** The error for a function that threw, crashed or ran out of time: HTTP 200 with a header (Lambda, Invoke). */
function functionError(action, answer, { requestId }) {
    const type = oneLine(answer?.errorType ?? 'unknown error');
    const message = oneLine(answer?.errorMessage ?? 'no message');
    if (type.endsWith('.InternalErrorException')) {
        return new LatchkeyError(action, 'internal_error', message, { requestId });
    }
    return new LatchkeyError(
        action,
        'function_failed',
        `issue-key did not work (${type}: ${message}). See its log for the request ${requestId}`,
        { requestId },
    );
}

function unexpected(action, target, details) {
    return new LatchkeyError(
        action,
        'unexpected_answer',
        `${target} gave HTTP ${details.status} without the JSON object that issue-key answers with. Check` +
            ' PLUGIN_LATCHKEY_FUNCTION and PLUGIN_LATCHKEY_ENDPOINT',
        details,
    );
}

module.exports = { LambdaRoute };
