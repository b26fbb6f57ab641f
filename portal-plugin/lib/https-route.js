'use strict';

const { routeOf } = require('./actions');
const { issueKeyError, jsonObject } = require('./answer');
const { areBadCredentials, badCredentials, connectionError, credentialChain, credentialsFor } = require('./aws');
const { LatchkeyError, oneLine } = require('./error');

const MAX_BODY = 1024 * 1024;

/** The way to issue-key over HTTPS, through API Gateway or a function URL, with Signature Version 4. */
class HttpsRoute {
    #settings;
    #credentials;
    #signer;
    #client;

    /** @param {import('./settings').Settings} settings with a `url` */
    constructor(settings) {
        this.#settings = settings;
        this.target = settings.url.href;
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
        const route = routeOf({ action, fields });
        this.#client ??= this.#connect();
        await credentialsFor(action, this.#credentials);
        const request = await this.#signer.sign(this.#request(route));
        let response;
        let body;
        try {
            ({ response } = await this.#client.handle(request, { abortSignal: signal }));
            body = await text(response.body);
        } catch (error) {
            throw connectionError(action, this.target, error);
        }
        const answer = jsonObject(body);
        if (response.statusCode === 200 && answer) {
            return answer;
        }
        throw this.#refusal(action, route, response, answer);
    }

    /** An HTTP client, and a signer for it. */
    #connect() {
        const { Sha256 } = require('@aws-crypto/sha256-js');
        const { NodeHttpHandler } = require('@smithy/node-http-handler');
        const { SignatureV4 } = require('@smithy/signature-v4');
        const { region, service } = this.#settings;
        this.#credentials = credentialChain();
        this.#signer = new SignatureV4({ credentials: this.#credentials, region, service, sha256: Sha256 });
        return new NodeHttpHandler();
    }

    #request({ method, path, rest }) {
        const { HttpRequest } = require('@smithy/protocol-http');
        const { url } = this.#settings;
        const headers = { host: url.host, accept: 'application/json' };
        const content =
            method === 'GET'
                ? { query: texts(rest), headers }
                : { body: JSON.stringify(rest), headers: { ...headers, 'content-type': 'application/json' } };
        return new HttpRequest({
            protocol: url.protocol,
            hostname: url.hostname,
            ...(url.port && { port: Number(url.port) }),
            method,
            path: url.pathname.replace(/\/+$/, '') + path,
            ...content,
        });
    }

    /** What an answer other than issue-key's 200 means. */
    #refusal(action, { method, template }, { statusCode: status, headers }, answer) {
        const requestId = headers['x-amzn-requestid'] ?? headers['apigw-requestid'];
        const details = { status, requestId };
        const fromFunction = issueKeyError(action, answer, details);
        if (fromFunction) {
            return fromFunction;
        }
        const said = oneLine(`HTTP ${status}: ${answer?.message ?? answer?.Message ?? 'no message'}`);
        const failed = (code, message) => new LatchkeyError(action, code, message, details);
        if (status === 429) {
            return failed(
                'throttled',
                `${this.target} throttles (${said}), which was tried twice. Raise the stage's limits (ThrottlingRate,` +
                    ' ThrottlingBurst)',
            );
        }
        if (status === 403 && areBadCredentials(said)) {
            return badCredentials(action, said, details);
        }
        if (status === 404 || said.includes('Missing Authentication Token')) {
            return failed(
                'no_route',
                `${this.target} has no route ${method} ${template} (${said}). PLUGIN_LATCHKEY_URL must be the stack's output` +
                    ' ApiUrl, with the stage at its end, or a function URL',
            );
        }
        if (status === 401 || status === 403) {
            return failed('access_denied', `may not call ${this.target} (${said}). ${this.#permission()}`);
        }
        if (answer && status >= 500) {
            return failed(
                'function_failed',
                `issue-key did not work (${said}). See its log for the request ${requestId ?? 'at this time'}`,
            );
        }
        return failed(
            'unexpected_answer',
            `${this.target} gave HTTP ${status} (${oneLine(headers['content-type'] ?? 'no content type')}) without the` +
                ' JSON object that issue-key answers with. Check PLUGIN_LATCHKEY_URL',
        );
    }

    #permission() {
        const { region, service, url } = this.#settings;
        if (service === 'lambda') {
            return (
                "Allow the portal's role lambda:InvokeFunctionUrl and lambda:InvokeFunction on the function's ARN, with" +
                ' the alias if the URL has one'
            );
        }
        const [api] = url.hostname.split('.execute-api.');
        const id = api === url.hostname ? 'API_ID' : api;
        return `Allow the portal's role execute-api:Invoke on arn:aws:execute-api:${region}:ACCOUNT:${id}/STAGE/*`;
    }
}

/** Fields as a query has them. */
function texts(fields) {
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

/** A body as text; what is longer than 1 MiB is no answer of issue-key. */
async function text(body) {
    const chunks = [];
    let length = 0;
    for await (const chunk of body) {
        length += chunk.length;
        if (length > MAX_BODY) {
            return '';
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}

module.exports = { HttpsRoute };
