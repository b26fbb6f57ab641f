'use strict';

const { setTimeout: pause } = require('node:timers/promises');
const { LatchkeyError } = require('./error');

const PASSING = new Set(['throttled', 'unreachable', 'timeout', 'unavailable', 'function_failed', 'internal_error']);
const PASSING_STATUSES = new Set([500, 502, 503, 504]);
const AT_ONCE = new Set(['unreachable', 'timeout']);

/**
 * Whether a call may work in a moment, and is safe to repeat: every action of issue-key is, those that issue keys by
 * their idempotency key.
 *
 * @param {Error} error what the call gave
 */
function isPassing(error) {
    return PASSING.has(error.code) || (error.code !== undefined && PASSING_STATUSES.has(error.status));
}

/**
 * Makes an attempt, and one more if the first failed in a way that may pass. The first has half of the time, the second
 * has what is left.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} attempt ends early when the signal aborts
 * @param {{action: string, target: string, timeout: number}} call what is called, and the milliseconds it may take
 * @returns {Promise<T>} what the attempt gave
 */
async function attemptTwice(attempt, { action, target, timeout }) {
    const end = performance.now() + timeout;
    try {
        return await limited(attempt, timeout / 2, { action, target, timeout });
    } catch (error) {
        if (!isPassing(error)) {
            throw error;
        }
        if (!AT_ONCE.has(error.code)) {
            await pause(Math.min(timeout / 4, 100 + 200 * Math.random()));
        }
    }
    return limited(attempt, end - performance.now(), { action, target, timeout });
}

function limited(attempt, milliseconds, { action, target, timeout }) {
    const controller = new AbortController();
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
            reject(
                new LatchkeyError(
                    action,
                    'timeout',
                    `no answer from ${target} within ${timeout} ms (PLUGIN_LATCHKEY_TIMEOUT), in which it was tried twice.` +
                        " See the function's metric Duration, or raise the limit",
                ),
            );
            controller.abort();
        }, milliseconds);
        attempt(controller.signal)
            .then(resolve, reject)
            .finally(() => clearTimeout(timer));
    });
}

module.exports = { attemptTwice };
