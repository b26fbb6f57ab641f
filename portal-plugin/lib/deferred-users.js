'use strict';

const { isOfRequest, oneLine } = require('./error');

const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;
const MOST = 1000;

/** Failures that the next customer's call would meet as well. */
const OF_ALL = new Set(['unreachable', 'timeout', 'throttled', 'unavailable', 'no_credentials', 'bad_credentials', 'access_denied']);

/**
 * Users whom issue-key could not be told of just now. They are told again after a minute, then less and less often, at
 * least once an hour, until issue-key answers or the process ends. Every outcome is told.
 */
class DeferredUsers {
    #provision;
    #tell;
    #firstPause;
    #waiting = new Map();
    #pause;
    #timer;

    /**
     * @param {(fields: object) => Promise<object>} provision tells issue-key
     * @param {(line: string) => void} tell logs a line
     * @param {number} [firstPause] milliseconds before the first repetition
     */
    constructor(provision, tell, firstPause = FIRST_PAUSE) {
        this.#provision = provision;
        this.#tell = tell;
        this.#firstPause = firstPause;
        this.#pause = firstPause;
    }

    /**
     * Takes a user. Of more than a thousand the first are given up.
     *
     * @param {{customerId: string}} fields what issue-key is to be told
     * @param {Error} error why it could not be told
     */
    add(fields, error) {
        this.forget(fields.customerId);
        this.#waiting.set(fields.customerId, fields);
        this.#tell(`Latchkey: issue-key will be told of the customer ${oneLine(fields.customerId)} later. ${error.message}`);
        if (this.#waiting.size > MOST) {
            const [first] = this.#waiting.values();
            this.#giveUp(first, `More than ${MOST} customers wait`);
        }
        this.#schedule();
    }

    /** Lets go of a customer of whom issue-key knows more by now. */
    forget(customerId) {
        this.#waiting.delete(customerId);
    }

    #schedule() {
        if (this.#waiting.size > 0 && this.#timer === undefined) {
            this.#timer = setTimeout(() => this.#again(), this.#pause);
            this.#timer.unref();
        }
    }

    async #again() {
        const outcomes = new Set();
        for (const fields of [...this.#waiting.values()]) {
            if (!outcomes.has('none') && this.#isWaiting(fields)) {
                outcomes.add(await this.#outcome(fields));
            }
        }
        const hasAnswers = outcomes.size === 1 && outcomes.has('answered');
        this.#pause = hasAnswers ? this.#firstPause : Math.min(2 * this.#pause, LONGEST_PAUSE);
        this.#timer = undefined;
        this.#schedule();
    }

    /** Whether issue-key `answered`, `failed` for this customer, or answers `none`. */
    async #outcome(fields) {
        try {
            await this.#provision(fields);
            if (this.#isWaiting(fields)) {
                this.forget(fields.customerId);
            }
            this.#tell(`Latchkey: issue-key has been told of the customer ${oneLine(fields.customerId)}`);
        } catch (error) {
            if (!isOfRequest(error)) {
                return OF_ALL.has(error.code) ? 'none' : 'failed';
            }
            this.#giveUp(fields, error.message);
        }
        return 'answered';
    }

    /** Another call for the same customer may have come in between. */
    #isWaiting(fields) {
        return this.#waiting.get(fields.customerId) === fields;
    }

    #giveUp(fields, why) {
        if (this.#isWaiting(fields)) {
            this.forget(fields.customerId);
            this.#tell(
                `Latchkey: issue-key will not be told of the customer ${oneLine(fields.customerId)} any more. ${why}`,
            );
        }
    }
}

module.exports = { DeferredUsers };
