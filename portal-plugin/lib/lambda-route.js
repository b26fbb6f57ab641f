'use strict';

const { issueKeyError, jsonObject } = require('./answer');
const { areBadCredentials, badCredentials, connectionError, credentialChain, credentialsFor } = require('./aws');
const { LatchkeyError, oneLine } = require('./error');

/** The way to issue-key by Lambda's Invoke. */
class LambdaRoute {
    #settings;
    #credentials;
    #client;

    /** @param {import('./settings').Settings} settings with a `functionName` */
    constructor(settings) {
        this.#settings = settings;
        const { endpoint, functionName } = settings;
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
        const { InvokeCommand } = require('@aws-sdk/client-lambda');
        this.#client ??= this.#connect();
        await credentialsFor(action, this.#credentials);
        await this.#checkRegion(action);
        const command = new InvokeCommand({
            FunctionName: this.#settings.functionName,
            Payload: Buffer.from(JSON.stringify({ ...fields, action })),
        });
        let result;
        try {
            result = await this.#client.send(command, { abortSignal: signal });
        } catch (error) {
            throw this.#refusal(action, error);
        }
        return this.#answer(action, result);
    }

    /** A client that does not try again by itself. */
    #connect() {
        const { LambdaClient } = require('@aws-sdk/client-lambda');
        const { endpoint, region } = this.#settings;
        this.#credentials = credentialChain();
        return new LambdaClient({
            ...(endpoint && { endpoint: endpoint.href }),
            ...(region && { region }),
            credentials: this.#credentials,
            maxAttempts: 1,
        });
    }

    async #checkRegion(action) {
        try {
            await this.#client.config.region();
        } catch (error) {
            throw new LatchkeyError(
                action,
                'no_region',
                `found no AWS region (${oneLine(error.message)}). Set PLUGIN_LATCHKEY_REGION, or AWS_REGION, or` +
                    " PLUGIN_LATCHKEY_FUNCTION to the function's ARN",
            );
        }
    }

    #answer(action, result) {
        const details = { status: result.StatusCode, requestId: result.$metadata.requestId };
        const answer = jsonObject(Buffer.from(result.Payload ?? []).toString('utf8'));
        if (result.FunctionError) {
            throw functionError(action, answer, details);
        }
        const error = issueKeyError(action, answer, { requestId: details.requestId });
        if (error || !answer) {
            throw error ?? unexpected(action, this.target, details);
        }
        return answer;
    }

    /** What Lambda's refusal, or the lack of an answer, means. */
    #refusal(action, error) {
        const status = error.$metadata?.httpStatusCode;
        if (status === undefined) {
            return connectionError(action, this.target, error);
        }
        const details = { status, requestId: error.$metadata.requestId };
        const said = oneLine(`${error.name}: ${error.message}`);
        const failed = (code, message) => new LatchkeyError(action, code, message, details);
        if (status === 429) {
            return failed(
                'throttled',
                `Lambda throttles ${this.target} (${said}), which was tried twice. Raise its reserved concurrency or the` +
                    " account's",
            );
        }
        if (error.name === 'ResourceNotFoundException') {
            return failed(
                'function_not_found',
                `did not find ${this.target} (${said}). Set PLUGIN_LATCHKEY_FUNCTION to the stack's output` +
                    ' IssueKeyFunctionName or its ARN, and PLUGIN_LATCHKEY_REGION to its region',
            );
        }
        if (error.name === 'AccessDeniedException') {
            return failed(
                'access_denied',
                `may not call ${this.target} (${said}). Allow the portal's role lambda:InvokeFunction on its ARN, with` +
                    ' the alias if one is set',
            );
        }
        if (status === 403 && areBadCredentials(said)) {
            return badCredentials(action, said, details);
        }
        if (!(error.name ?? '').endsWith('Exception')) {
            return unexpected(action, this.target, details);
        }
        return failed('lambda_failed', `Lambda did not call ${this.target} (${said}). See its page in the AWS console`);
    }
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
