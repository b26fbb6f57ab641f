'use strict';

const { isOfRequest } = require('./error');

const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;
const MOST = 1000;

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
        this.#waiting.delete(fields.customerId);
        this.#waiting.set(fields.customerId, fields);
        this.#tell(`Latchkey: issue-key will be told of the customer ${fields.customerId} later. ${error.message}`);
        if (this.#waiting.size > MOST) {
            const [first] = this.#waiting.keys();
            this.#giveUp(first, `More than ${MOST} customers wait`);
        }
        this.#schedule();
    }

    #schedule() {
        if (this.#waiting.size > 0 && this.#timer === undefined) {
            this.#timer = setTimeout(() => this.#again(), this.#pause);
            this.#timer.unref();
        }
    }

    async #again() {
        let hasAnswer = true;
        for (const fields of [...this.#waiting.values()]) {
            hasAnswer = hasAnswer && (await this.#isAnswered(fields));
        }
        this.#pause = hasAnswer ? this.#firstPause : Math.min(2 * this.#pause, LONGEST_PAUSE);
        this.#timer = undefined;
        this.#schedule();
    }

    async #isAnswered(fields) {
        try {
            await this.#provision(fields);
            this.#forget(fields);
            this.#tell(`Latchkey: issue-key has been told of the customer ${fields.customerId}`);
        } catch (error) {
            if (!isOfRequest(error)) {
                return false;
            }
            this.#giveUp(fields.customerId, error.message);
        }
        return true;
    }

    #forget(fields) {
        if (this.#waiting.get(fields.customerId) === fields) {
            this.#waiting.delete(fields.customerId);
        }
    }

    #giveUp(customerId, why) {
        this.#waiting.delete(customerId);
        this.#tell(`Latchkey: issue-key will not be told of the customer ${customerId} any more. ${why}`);
    }
}

module.exports = { DeferredUsers };
