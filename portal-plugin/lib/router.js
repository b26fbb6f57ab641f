'use strict';

const { readFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const path = require('node:path');
const { LatchkeyClient } = require('./client');
const { answerOf } = require('./router-errors');
const { fieldsOfRequest } = require('./router-fields');
const { Refusal, checkOrigin, checkType, readBody } = require('./router-guard');
const { operationAt } = require('./router-operations');

const OPTIONS = ['client', 'customer', 'suspend', 'origins', 'onError'];
const ELEMENT = path.join(__dirname, '..', 'element', 'latchkey-keys.js');

/**
 * A router by which a signed-in customer sees and changes the own API keys, for Express 4 and 5 and anything else that
 * takes `(request, response, next)`. It is mounted behind the portal's own authentication.
 *
 * `GET /keys`, `POST /keys`, `GET` and `PATCH /keys/{id}`, `POST /keys/{id}/roll`, `POST /keys/{id}/revoke`, with
 * `suspend` also `POST /keys/{id}/suspend` and `/resume`; and `GET /latchkey-keys.js`, the page's element. Anything else
 * goes on to `next`.
 *
 * @param {object} options
 * @param {Function} options.customer from the request, whose session it is: `{customerId, email}`, maybe with
 *     `subscriptionId`, `scopes`, `plan` and `metadata` for keys that are created; a key with another plan or more scopes is
 *     not rolled; undefined where nobody is signed in.
 *     May be async. What a customer sends is never asked for this
 * @param {object} [options.client] a {@link LatchkeyClient} or the portal's plugin; by default a new client
 * @param {boolean} [options.suspend] whether customers may suspend and resume their keys; false by default
 * @param {string[]} [options.origins] other origins whose pages may call, such as `https://portal.example.com`
 * @param {Function} [options.onError] told of failures that are not the customer's; prints them by default
 * @returns {Function} `(request, response, next)`
 * @throws {TypeError} if an option is unknown or of the wrong type
 */
function keysRouter(options) {
    const { client, customer, suspend, origins, onError } = checked(options);
    const script = scriptAnswer();

    async function answer(request, found) {
        checkOrigin(request, origins);
        if (!found.operation) {
            throw new Refusal(405, 'method_not_allowed', `Use ${found.allowed}`, { allow: found.allowed });
        }
        checkType(request);
        const who = await whoIs(customer, request);
        const body = await readBody(request);
        const fields = fieldsOfRequest(found, body);
        return found.operation.run({ client, who, keyId: found.keyId, fields });
    }

    return function latchkeyKeys(request, response, next) {
        const [pathname, query = ''] = request.url.split(/\?(.*)/s);
        if (pathname === '/latchkey-keys.js' && request.method === 'GET') {
            script(request, response);
            return;
        }
        const found = operationAt(request.method, pathname, query, suspend);
        if (!found) {
            pass(response, next);
            return;
        }
        answer(request, found).then(
            ({ status, body }) => send(response, status, body),
            (error) => fail(request, response, error, onError),
        );
    };
}

function checked(options) {
    const unknown = Object.keys(options ?? {}).filter((name) => !OPTIONS.includes(name));
    if (unknown.length > 0) {
        throw new TypeError(`keysRouter: unknown option ${unknown.join(', ')}. There are ${OPTIONS.join(', ')}`);
    }
    const {
        client = new LatchkeyClient(),
        customer,
        suspend = false,
        origins = [],
        onError = (error) => console.error(error),
    } = options ?? {};
    if (typeof customer !== 'function' || typeof onError !== 'function') {
        throw new TypeError('keysRouter: customer is required, and it and onError must be functions');
    }
    if (!Array.isArray(origins) || !origins.every(isOrigin)) {
        throw new TypeError('keysRouter: origins must be a list of origins such as https://portal.example.com');
    }
    return { client: client.client ?? client, customer, suspend, origins: new Set(origins), onError };
}

function isOrigin(text) {
    try {
        return new URL(text).origin === text;
    } catch {
        return false;
    }
}

/** The session's customer. What is neither a customer nor nobody is the portal's mistake. */
async function whoIs(customer, request) {
    const who = await customer(request);
    if ((who ?? undefined) === undefined || (typeof who === 'object' && (who.customerId ?? undefined) === undefined)) {
        throw new Refusal(401, 'unauthenticated', 'Sign in first');
    }
    if (typeof who.customerId !== 'string' || who.customerId === '') {
        throw new TypeError('keysRouter: customer() must give {customerId, email}, and customerId must be a text');
    }
    return who;
}

function fail(request, response, error, onError) {
    const { status, body, headers, isOurs } = answerOf(error);
    if (isOurs) {
        onError(error, request);
    }
    if (response.writable && !response.headersSent) {
        send(response, status, body, headers);
    }
}

function send(response, status, body, headers = {}) {
    response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...headers,
    });
    response.end(JSON.stringify(body));
}

function pass(response, next) {
    if (typeof next === 'function') {
        next();
    } else {
        send(response, 404, { error: { code: 'not_found', message: 'There is nothing here' } });
    }
}

/** Serves the element's script, which is the same for everybody. */
function scriptAnswer() {
    const script = readFileSync(ELEMENT);
    const headers = {
        etag: `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"`,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
    };
    return (request, response) => {
        if (request.headers['if-none-match'] === headers.etag) {
            response.writeHead(304, headers).end();
        } else {
            response.writeHead(200, { ...headers, 'content-type': 'text/javascript; charset=utf-8' }).end(script);
        }
    };
}

module.exports = { keysRouter };
