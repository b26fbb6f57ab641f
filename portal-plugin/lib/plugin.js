'use strict';

const { LatchkeyClient } = require('./client');
const { DeferredUsers } = require('./deferred-users');
const { isOfRequest } = require('./error');
const { readSettings, variable } = require('./settings');

/**
 * The provisioning plugin of the Moesif Developer Portal that lets Latchkey's issue-key function do the work.
 *
 * Every method rejects with a {@link LatchkeyError}. Nothing is logged but what {@link provisionUser} puts off, and no
 * key is in any error.
 */
class LatchkeyProvisioningPlugin {
    #environment;
    #provisionsNow;
    #deferred;

    /**
     * Reads and checks the settings; connects to nothing.
     *
     * @param {Object<string, string|undefined>} [environment] variables to read instead of the process's
     * @throws {LatchkeyError} if the settings do not work; the message lists every problem
     */
    constructor(environment = process.env) {
        this.slug = 'latchkey';
        this.#environment = environment;
        /** The same operations for others than the portal, such as {@link keysRouter}. */
        this.client = new LatchkeyClient(environment);
        this.#provisionsNow = readSettings((name) => variable(environment, name)).provisionsNow;
        this.#deferred = new DeferredUsers((fields) => this.client.provisionUser(fields), console.warn);
    }

    /**
     * A customer's user.
     *
     * @param {string} customerId id of the customer at the billing provider
     * @param {string} email the user's email address
     * @returns {Promise<object>} `id`, `username`, `email`, `billing_customer_id`, `billing_subscription_id`
     */
    async getUser(customerId, email) {
        return this.client.getUser({ customerId: text(customerId), email });
    }

    /**
     * Makes the user of a customer who has subscribed. The customer has paid by then: where issue-key cannot be asked,
     * it is told later, in the background, unless `PLUGIN_LATCHKEY_PROVISION` is `now`.
     *
     * @param {string} customerId id of the customer at the billing provider
     * @param {string} email the user's email address
     * @param {string|number} [subscriptionId] id of the subscription at the billing provider; empty counts as none
     * @returns {Promise<object>} the user, as in {@link getUser}
     */
    async provisionUser(customerId, email, subscriptionId) {
        const fields = { customerId: text(customerId), email, subscriptionId: text(subscriptionId) };
        try {
            const user = await this.client.provisionUser(fields);
            this.#deferred.forget(fields.customerId);
            return user;
        } catch (error) {
            if (this.#provisionsNow || isOfRequest(error)) {
                throw error;
            }
            this.#deferred.add(fields, error);
            return user(fields);
        }
    }

    /**
     * Issues a new API key. Both attempts of one call carry the same idempotency key, each call has its own.
     *
     * @param {string} customerId id of the customer at the billing provider
     * @param {string} email the user's email address
     * @param {object} [options] `name`, `scopes`, `plan`, `metadata`, `expiresIn`, `subscriptionId`, `idempotencyKey`
     * @returns {Promise<string>} the API key
     */
    async createApiKey(customerId, email, options = {}) {
        const { apikey } = await this.client.createApiKey({ ...options, customerId: text(customerId), email });
        return apikey;
    }

    /** A page of a customer's keys, as {@link LatchkeyClient#listApiKeys}. */
    async listApiKeys(fields) {
        return this.client.listApiKeys(fields);
    }

    /** The record of a key, as {@link LatchkeyClient#getApiKey}. */
    async getApiKey(fields) {
        return this.client.getApiKey(fields);
    }

    /** Changes a key's name or metadata, as {@link LatchkeyClient#updateApiKey}. */
    async updateApiKey(fields) {
        return this.client.updateApiKey(fields);
    }

    /** Suspends a key, as {@link LatchkeyClient#suspendApiKey}. */
    async suspendApiKey(fields) {
        return this.client.suspendApiKey(fields);
    }

    /** Resumes a key, as {@link LatchkeyClient#resumeApiKey}. */
    async resumeApiKey(fields) {
        return this.client.resumeApiKey(fields);
    }

    /** Revokes a key by its id or its text, as {@link LatchkeyClient#revokeApiKey}. */
    async revokeApiKey(fields) {
        return this.client.revokeApiKey(fields);
    }

    /** Issues a key in another's place, as {@link LatchkeyClient#rollApiKey}. */
    async rollApiKey(fields) {
        return this.client.rollApiKey(fields);
    }

    /** Revokes all keys of a customer, as {@link LatchkeyClient#revokeCustomer}. */
    async revokeCustomer(fields) {
        return this.client.revokeCustomer(fields);
    }

    /**
     * A variable by its name or, where that is unset or empty, by its name without `PLUGIN_` in front.
     *
     * @param {string} name such as `PLUGIN_LATCHKEY_URL`
     * @returns {string|undefined} the value
     */
    getConfig(name) {
        return variable(this.#environment, name);
    }
}

/** An id as text, as billing providers have numbers, too; undefined for none. */
function text(id) {
    return id === undefined || id === null || id === '' ? undefined : typeof id === 'number' ? String(id) : id;
}

/** What issue-key answers of a user. */
function user({ customerId, email, subscriptionId = null }) {
    return {
        id: customerId,
        username: email,
        email,
        billing_customer_id: customerId,
        billing_subscription_id: subscriptionId,
    };
}

module.exports = { LatchkeyProvisioningPlugin };
