'use strict';

const KEY = /eyJ[\w-]+\.[\w-]*(?:\.[\w-]*)?/g;
const CONTROL = /[\u0000-\u001f\u007f]+/g;
const MAX_TEXT = 1000;

/**
 * Why a call failed, in words for the portal's operator: what was done, what came back, what to do about it.
 *
 * `message` is for the log. `toString()` is what the portal shows to its customer when provisioning fails, so it has
 * the message only where issue-key wrote it for callers, and else nothing but the code.
 */
class LatchkeyError extends Error {
    #forCustomers;

    /**
     * @param {string} action the plugin's method, or `settings`
     * @param {string} code what kind of failure it is: issue-key's own code, or one that README.md lists
     * @param {string} message whole sentences; anything that looks like an API key is masked
     * @param {{status?: number, requestId?: string, forCustomers?: boolean}} [details] the HTTP status and the
     *     request id to look for in the function's log, and whether customers may read the message
     */
    constructor(action, code, message, { status, requestId, forCustomers = false } = {}) {
        super(`Latchkey, ${action}: ${masked(message)}`);
        this.code = code;
        if (status !== undefined) {
            this.status = status;
        }
        if (requestId !== undefined) {
            this.requestId = requestId;
        }
        this.#forCustomers = forCustomers ? masked(message) : undefined;
    }

    /** The message where issue-key wrote it for callers, without the action's name; else undefined. */
    get forCustomers() {
        return this.#forCustomers;
    }

    get name() {
        return 'LatchkeyError';
    }

    toString() {
        return this.#forCustomers !== undefined
            ? this.message
            : `Latchkey failed (${this.code}); the portal's log says why`;
    }
}

/** Whether an error is issue-key's answer to this very request, or none of ours, so that another time changes nothing. */
function isOfRequest(error) {
    return !(error instanceof LatchkeyError) || error.forCustomers !== undefined;
}

/** A text from outside as one line of bounded length. */
function oneLine(text) {
    const line = String(text).replace(CONTROL, ' ').trim();
    return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}...`;
}

function masked(text) {
    return text.replace(KEY, '[redacted]');
}

module.exports = { LatchkeyError, isOfRequest, oneLine };
