'use strict';

const { LatchkeyError } = require('./error');
const { Refusal } = require('./router-guard');

/** What customers see of a key's record: nothing about who asked for it, nor what the portal keeps with it. */
const SHOWN = [
    'keyId',
    'name',
    'createdAt',
    'expiresAt',
    'status',
    'endsAt',
    'scopes',
    'plan',
    'rolledFrom',
    'rolledInto',
    'effectiveFrom',
    'previousEndsAt',
    'apikey',
];

const TEXT = 'string';
const LIFETIME = 'string or number';

const LIST = {
    query: { limit: TEXT, cursor: TEXT },
    async run({ client, who, fields }) {
        const limit = fields.limit === undefined ? undefined : Number(fields.limit);
        if (Number.isNaN(limit)) {
            throw new Refusal(400, 'invalid_request', 'limit must be a number');
        }
        const { keys, cursor } = await client.listApiKeys({ ...fields, limit, customerId: who.customerId });
        return {
            status: 200,
            body: { keys: keys.map((key) => shown('listApiKeys', key, who)), cursor: cursor ?? null },
        };
    },
};

const CREATE = {
    body: { name: TEXT, expiresIn: LIFETIME },
    async run({ client, who, fields }) {
        const { customerId, subscriptionId, scopes, plan, metadata } = who;
        const settings = { customerId, email: emailOf(who), subscriptionId, scopes, plan, metadata };
        const key = await client.createApiKey({ ...fields, ...settings });
        return { status: 201, body: shown('createApiKey', key, who) };
    },
};

const ROLL = {
    body: { grace: LIFETIME },
    async run({ client, who, keyId, fields }) {
        const { customerId } = who;
        checkGranted(await client.getApiKey({ customerId, keyId }), who);
        const key = await client.rollApiKey({ ...fields, customerId, keyId, email: emailOf(who) });
        return { status: 201, body: shown('rollApiKey', key, who) };
    },
};

const COLLECTION = new Map([
    ['GET', LIST],
    ['POST', CREATE],
]);
const KEY = new Map([
    ['GET', onKey('getApiKey')],
    ['PATCH', onKey('updateApiKey', { name: 'string or null' })],
]);
const VERBS = new Map([
    ['roll', new Map([['POST', ROLL]])],
    ['revoke', new Map([['POST', onKey('revokeApiKey')]])],
]);
const SUSPENDING = new Map([
    ['suspend', new Map([['POST', onKey('suspendApiKey')]])],
    ['resume', new Map([['POST', onKey('resumeApiKey')]])],
]);

function onKey(action, body = {}) {
    return {
        body,
        async run({ client, who, keyId, fields }) {
            const record = await client[action]({ ...fields, customerId: who.customerId, keyId });
            return { status: 200, body: shown(action, record, who) };
        },
    };
}

/**
 * What a request asks for.
 *
 * @param {string} method
 * @param {string} pathname below the router
 * @param {string} query without the question mark
 * @param {boolean} suspend whether keys may be suspended and resumed
 * @returns {object|undefined} the operation, undefined where the method is another; which methods are allowed; the key's
 *     id. Undefined where the path is none of the router's
 */
function operationAt(method, pathname, query, suspend) {
    const [root, first, id, verb, ...more] = pathname.split('/');
    const keyId = decoded(id);
    if (root !== '' || first !== 'keys' || more.length > 0 || (id !== undefined && !keyId)) {
        return undefined;
    }
    let methods = id === undefined ? COLLECTION : KEY;
    if (verb !== undefined) {
        methods = VERBS.get(verb) ?? (suspend ? SUSPENDING.get(verb) : undefined);
    }
    return methods && { operation: methods.get(method), allowed: [...methods.keys()].join(', '), keyId, query };
}

function decoded(segment) {
    try {
        return segment && decodeURIComponent(segment);
    } catch {
        return undefined;
    }
}

function emailOf({ email }) {
    if (typeof email !== 'string' || email === '') {
        throw new TypeError('keysRouter: customer() must give the email, too, as a key is issued to it');
    }
    return email;
}

/**
 * A new key keeps plan and scopes of the one whose place it takes: only a key that says no more than the session's customer
 * would get now may be rolled.
 *
 * @throws {Refusal} with status 409
 */
function checkGranted(old, { scopes, plan }) {
    const isGranted =
        (old.plan ?? null) === (plan ?? null) && (old.scopes ?? []).every((scope) => (scopes ?? []).includes(scope));
    if (!isGranted) {
        throw new Refusal(
            409,
            'conflict',
            'This key has a plan or scopes that your account does not have now. Create another key, and revoke this one',
        );
    }
}

/** A record without what is not for customers; one of another customer is not shown, whatever issue-key answers. */
function shown(action, record, { customerId }) {
    if (record.customerId !== undefined && record.customerId !== customerId) {
        throw new LatchkeyError(action, 'unexpected_answer', "the answer has another customer's key");
    }
    return Object.fromEntries(SHOWN.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]));
}

module.exports = { operationAt };
