'use strict';

const { routeOf } = require('./actions');
const { issueKeyError, jsonObject } = require('./answer');
const { areBadCredentials, badCredentials } = require('./aws');
const { LatchkeyError, oneLine } = require('./error');
const { SignedHttp } = require('./signed-http');

/** The way to issue-key over HTTPS, through API Gateway or a function URL, with Signature Version 4. */
class HttpsRoute {
    #settings;
    #http;

    /** @param {import('./settings').Settings} settings with a `url` */
    constructor(settings) {
        this.#settings = settings;
        this.#http = new SignedHttp({ service: settings.service, region: settings.region });
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
        const { status, headers, body } = await this.#http.send(
            { action, target: this.target },
            this.#request(route),
            signal,
        );
        const answer = jsonObject(body);
        if (status === 200 && answer) {
            return answer;
        }
        throw this.#refusal(action, route, { status, headers }, answer);
    }

    #request({ method, path, rest }) {
        const { url } = this.#settings;
        const content =
            method === 'GET'
                ? { query: texts(rest) }
                : { body: JSON.stringify(rest), headers: { 'content-type': 'application/json' } };
        return { url, method, path: url.pathname.replace(/\/+$/, '') + path, ...content };
    }

    /** What an answer other than issue-key's 200 means. */
    #refusal(action, { method, template }, { status, headers }, answer) {
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
        if (answer && status === 503) {
            return failed(
                'unavailable',
                `${this.target} could not answer just now (${said}), which was tried twice. If it lasts, see AWS's Health` +
                    ' Dashboard',
            );
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

module.exports = { HttpsRoute };
