'use strict';

const { LatchkeyError } = require('./error');

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
const FUNCTION =
    /^(?:arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):\d{12}:function:|\d{12}:function:)?[\w-]{1,64}(?::(?:\$LATEST|[\w-]{1,128}))?$/;
const EXECUTE_API_HOST = /\.execute-api\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/;
const FUNCTION_URL_HOST = /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;
const DEFAULT_TIMEOUT = 10_000;

/**
 * The plugin's settings.
 *
 * @typedef {object} Settings
 * @property {string} [functionName] name or ARN of issue-key, maybe with an alias; set where `url` is not
 * @property {URL} [endpoint] where Lambda's API is instead of at AWS
 * @property {URL} [url] base URL of issue-key's routes
 * @property {string} [service] what requests to `url` are signed for: `execute-api`, or `lambda` for a function URL
 * @property {string} region AWS region to sign for
 * @property {boolean} provisionsNow whether a user must be provisioned before `provisionUser` succeeds
 * @property {number} timeout milliseconds for a call with both of its attempts
 */

/**
 * Reads and checks the settings.
 *
 * @param {(name: string) => string|undefined} getConfig finds a variable
 * @returns {Settings}
 * @throws {LatchkeyError} with code `invalid_settings`; the message lists every problem
 */
function readSettings(getConfig) {
    const problems = [];
    const value = (name) => (getConfig(name) ?? '').trim() || undefined;
    const functionName = value('PLUGIN_LATCHKEY_FUNCTION');
    const url = readUrl('PLUGIN_LATCHKEY_URL', value, problems);
    const endpoint = readUrl('PLUGIN_LATCHKEY_ENDPOINT', value, problems);
    const provision = value('PLUGIN_LATCHKEY_PROVISION') ?? 'later';
    if (provision !== 'later' && provision !== 'now') {
        problems.push(`PLUGIN_LATCHKEY_PROVISION: must be later or now, got ${provision}`);
    }
    const timeout = readTimeout(value('PLUGIN_LATCHKEY_TIMEOUT'), problems);
    const asked = value('PLUGIN_LATCHKEY_REGION');
    if (asked && !REGION.test(asked)) {
        problems.push(`PLUGIN_LATCHKEY_REGION: must be an AWS region such as us-east-1, got ${asked}`);
    }
    const hasUrl = value('PLUGIN_LATCHKEY_URL') !== undefined;
    if ((functionName !== undefined) === hasUrl) {
        problems.push(
            `set either PLUGIN_LATCHKEY_FUNCTION, the name or ARN of issue-key, or PLUGIN_LATCHKEY_URL, the address of` +
                ` its API; ${hasUrl ? 'both are' : 'neither is'} set`,
        );
    }
    if (endpoint && hasUrl) {
        problems.push('PLUGIN_LATCHKEY_ENDPOINT: is for PLUGIN_LATCHKEY_FUNCTION only. Leave it unset');
    }
    const target = url ? signing(url) : lambda(functionName, problems);
    if (asked && target.region && asked !== target.region) {
        problems.push(
            `PLUGIN_LATCHKEY_REGION: is ${asked}, but ${url ? 'PLUGIN_LATCHKEY_URL' : 'PLUGIN_LATCHKEY_FUNCTION'} is in` +
                ` ${target.region}. Leave it unset`,
        );
    }
    const region = target.region ?? asked ?? value('AWS_REGION') ?? value('AWS_DEFAULT_REGION');
    if (region && !REGION.test(region) && region !== asked) {
        problems.push(`AWS_REGION: must be an AWS region such as us-east-1, got ${region}`);
    }
    if (!region && (url || FUNCTION.test(functionName ?? ''))) {
        problems.push(
            `PLUGIN_LATCHKEY_REGION: is needed, as ${url ? url.host : 'a name'} does not tell the AWS region` +
                (url ? ' to sign for' : ". Or set PLUGIN_LATCHKEY_FUNCTION to the ARN, the stack's output IssueKeyFunctionArn"),
        );
    }
    if (problems.length > 0) {
        throw new LatchkeyError('settings', 'invalid_settings', problems.map((problem) => `\n- ${problem}`).join(''));
    }
    return { functionName, endpoint, url, service: target.service, region, timeout, provisionsNow: provision === 'now' };
}

/** A variable by its name or, where that is unset or empty, by its name without `PLUGIN_` in front. */
function variable(environment, name) {
    return environment[name] || environment[name.replace(/^PLUGIN_/, '')];
}

function lambda(functionName, problems) {
    const match = FUNCTION.exec(functionName ?? '');
    if (functionName && !match) {
        problems.push(
            'PLUGIN_LATCHKEY_FUNCTION: must be the name or ARN of a Lambda function, maybe with an alias, got ' +
                functionName,
        );
    }
    return { region: match?.groups.region };
}

/** What requests to a host are signed for. A host that does not say is a custom domain name of API Gateway. */
function signing(url) {
    const functionUrl = FUNCTION_URL_HOST.exec(url.hostname);
    const region = (functionUrl ?? EXECUTE_API_HOST.exec(url.hostname))?.[1];
    return { service: functionUrl ? 'lambda' : 'execute-api', region };
}

function readUrl(name, value, problems) {
    const text = value(name);
    if (!text) {
        return undefined;
    }
    let url;
    try {
        url = new URL(text);
    } catch {
        problems.push(
            `${name}: is not a URL. It must be such as https://a1b2c3.execute-api.us-east-1.amazonaws.com/prod`,
        );
        return undefined;
    }
    const plain = value('PLUGIN_LATCHKEY_PLAIN_HTTP')?.toLowerCase();
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (LOOPBACK.has(url.hostname) || url.hostname === plain))) {
        problems.push(
            `${name}: must begin with https://; http:// is for 127.0.0.1, [::1], localhost and the host that` +
                ' PLUGIN_LATCHKEY_PLAIN_HTTP names',
        );
    }
    if (url.username || url.password || url.search || url.hash) {
        problems.push(`${name}: must have no user, password, query or fragment`);
    }
    return url;
}

function readTimeout(text, problems) {
    const timeout = text === undefined ? DEFAULT_TIMEOUT : /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (!(timeout >= 100 && timeout <= 60_000)) {
        problems.push(`PLUGIN_LATCHKEY_TIMEOUT: must be 100 to 60000 milliseconds, got ${text}`);
    }
    return timeout;
}

module.exports = { readSettings, variable };
