'use strict';

const { randomUUID } = require('node:crypto');
const { fieldsOf } = require('./actions');
const { attemptTwice } = require('./attempts');
const { LatchkeyError } = require('./error');
const { HttpsRoute } = require('./https-route');
const { LambdaRoute } = require('./lambda-route');
const { readSettings, variable } = require('./settings');

/** Ids of keys, as issue-key takes them. */
const KEY_ID = /^[\w-]{1,64}$/;

/**
 * issue-key's operations, by Lambda invoke or over HTTPS. Types and fields are in index.d.ts.
 *
 * Every method rejects with a {@link LatchkeyError}. Nothing is logged, and no key is in any error.
 */
class LatchkeyClient {
    #route;
    #timeout;

    /**
     * Reads and checks the settings; connects to nothing.
     *
     * @param {Object<string, string|undefined>} [environment] variables to read instead of the process's
     * @throws {LatchkeyError} if the settings do not work; the message lists every problem
     */
    constructor(environment = process.env) {
        const settings = readSettings((name) => variable(environment, name));
        this.#timeout = settings.timeout;
        this.#route = settings.url ? new HttpsRoute(settings) : new LambdaRoute(settings);
    }

    /**
     * Issues a key. Both attempts of one call carry the same idempotency key, by default one of their own.
     *
     * @returns {Promise<object>} `apikey`, `keyId`, `expiresAt`, and with key records what they have
     */
    async createApiKey(fields) {
        return this.#issued('createApiKey', { ...fields, idempotencyKey: fields.idempotencyKey ?? randomUUID() });
    }

    /**
     * A customer's keys, newest first.
     *
     * @returns {Promise<{keys: object[], cursor: string|null}>} a page, and the cursor for the next one
     */
    async listApiKeys(fields) {
        const answer = await this.#call('listApiKeys', fields);
        const isPage = Array.isArray(answer.keys) && answer.keys.every((key) => typeof key?.keyId === 'string');
        return expected('listApiKeys', isPage, 'list of keys', answer);
    }

    /** The record of a customer's key. */
    async getApiKey(fields) {
        return this.#record('getApiKey', fields);
    }

    /** Changes a key's name or metadata; null removes. Gives the record. */
    async updateApiKey(fields) {
        return this.#record('updateApiKey', fields);
    }

    /** Suspends a key until it is resumed. Gives the record, and `effectiveFrom`. */
    async suspendApiKey(fields) {
        return this.#record('suspendApiKey', fields);
    }

    /** Makes a suspended key valid again. Gives the record, and `effectiveFrom`. */
    async resumeApiKey(fields) {
        return this.#record('resumeApiKey', fields);
    }

    /** Revokes a key for good: a customer's by its id, or any by its own text. Gives the record, and `effectiveFrom`. */
    async revokeApiKey(fields) {
        return fields.apikey === undefined
            ? this.#record('revokeApiKey', fields)
            : this.#recordOf('revokeApiKey', { apikey: fields.apikey });
    }

    /**
     * Issues a key in the place of another, which ends after a grace. As for {@link createApiKey}, both attempts carry
     * the same idempotency key.
     *
     * @returns {Promise<object>} as for {@link createApiKey}, with `rolledFrom` and `previousEndsAt`
     */
    async rollApiKey(fields) {
        checkKeyId('rollApiKey', fields.keyId);
        return this.#issued('rollApiKey', { ...fields, idempotencyKey: fields.idempotencyKey ?? randomUUID() });
    }

    /** Revokes all keys that a customer has now. Gives `customerId`, `issuedUntil` and `effectiveFrom`. */
    async revokeCustomer(fields) {
        const answer = await this.#call('revokeCustomer', fields);
        return expected('revokeCustomer', typeof answer.customerId === 'string', 'revocation of a customer', answer);
    }

    /** The user of a customer. */
    async getUser(fields) {
        return this.#user('getUser', fields);
    }

    /** Makes the user of a customer who has subscribed, and gives it. */
    async provisionUser(fields) {
        return this.#user('provisionUser', fields);
    }

    async #issued(action, fields) {
        const answer = await this.#call(action, fields);
        return expected(action, typeof answer.apikey === 'string' && answer.apikey !== '', 'key', answer);
    }

    async #record(action, fields) {
        checkKeyId(action, fields.keyId);
        return this.#recordOf(action, fields);
    }

    async #recordOf(action, fields) {
        const answer = await this.#call(action, fields);
        return expected(action, typeof answer.keyId === 'string', 'key record', answer);
    }

    async #user(action, fields) {
        const answer = await this.#call(action, fields);
        return expected(action, typeof answer.id === 'string', 'user', answer);
    }

    #call(action, fields) {
        const request = { action, fields: fieldsOf(action, fields) };
        return attemptTwice((signal) => this.#route.send(request, signal), {
            action,
            target: this.#route.target,
            timeout: this.#timeout,
        });
    }
}

/** A key's id becomes part of a path, so that one that can be no id is not sent. */
function checkKeyId(action, keyId) {
    if (typeof keyId !== 'string' || !KEY_ID.test(keyId)) {
        throw new LatchkeyError(action, 'not_found', 'there is no key of such an id', {
            status: 404,
            forCustomers: true,
        });
    }
}

function expected(action, holds, what, answer) {
    if (!holds) {
        throw new LatchkeyError(action, 'unexpected_answer', `the answer is no ${what}. Is it issue-key?`);
    }
    return answer;
}

module.exports = { LatchkeyClient };
