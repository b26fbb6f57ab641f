'use strict';

const { randomUUID } = require('node:crypto');
const { attemptTwice } = require('./attempts');
const { LatchkeyError } = require('./error');
const { HttpsRoute } = require('./https-route');
const { LambdaRoute } = require('./lambda-route');
const { readSettings } = require('./settings');

/**
 * The provisioning plugin of the Moesif Developer Portal that lets Latchkey's issue-key function do the work.
 *
 * Every method rejects with a {@link LatchkeyError}. Nothing is logged, and no key is in any error.
 */
class LatchkeyProvisioningPlugin {
    #environment;
    #route;
    #timeout;

    /**
     * Reads and checks the settings; connects to nothing.
     *
     * @param {Object<string, string|undefined>} [environment] variables to read instead of the process's
     * @throws {LatchkeyError} if the settings do not work; the message lists every problem
     */
    constructor(environment = process.env) {
        this.slug = 'latchkey';
        this.#environment = environment;
        const settings = readSettings((name) => this.getConfig(name));
        this.#timeout = settings.timeout;
        this.#route = settings.url ? new HttpsRoute(settings) : new LambdaRoute(settings);
    }

    /**
     * A customer's user.
     *
     * @param {string} customerId id of the customer at the billing provider
     * @param {string} email the user's email address
     * @returns {Promise<object>} `id`, `username`, `email`, `billing_customer_id`, `billing_subscription_id`
     */
    async getUser(customerId, email) {
        return this.#user('getUser', { customerId, email });
    }

    /**
     * Makes the user of a customer who has subscribed.
     *
     * @param {string} customerId id of the customer at the billing provider
     * @param {string} email the user's email address
     * @param {string} [subscriptionId] id of the subscription at the billing provider
     * @returns {Promise<object>} the user, as in {@link getUser}
     */
    async provisionUser(customerId, email, subscriptionId) {
        return this.#user('provisionUser', { customerId, email, subscriptionId });
    }

    /**
     * Issues a new API key. Both attempts of one call carry the same idempotency key, each call has its own.
     *
     * @param {string} customerId id of the customer at the billing provider
     * @param {string} email the user's email address
     * @returns {Promise<string>} the API key
     */
    async createApiKey(customerId, email) {
        const answer = await this.#call('createApiKey', { customerId, email, idempotencyKey: randomUUID() });
        if (typeof answer.apikey !== 'string' || answer.apikey === '') {
            throw new LatchkeyError('createApiKey', 'unexpected_answer', 'the answer has no apikey. Is it issue-key?');
        }
        return answer.apikey;
    }

    /**
     * A variable by its name or, where that is unset or empty, by its name without `PLUGIN_` in front.
     *
     * @param {string} name such as `PLUGIN_LATCHKEY_URL`
     * @returns {string|undefined} the value
     */
    getConfig(name) {
        return this.#environment[name] || this.#environment[name.replace(/^PLUGIN_/, '')];
    }

    async #user(action, fields) {
        const user = await this.#call(action, fields);
        if (typeof user.id !== 'string') {
            throw new LatchkeyError(action, 'unexpected_answer', 'the answer is no user. Is it issue-key?');
        }
        return user;
    }

    #call(action, fields) {
        const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
        const request = { action, fields: Object.fromEntries(given) };
        return attemptTwice((signal) => this.#route.send(request, signal), {
            action,
            target: this.#route.target,
            timeout: this.#timeout,
        });
    }
}

module.exports = { LatchkeyProvisioningPlugin };
