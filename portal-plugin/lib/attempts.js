'use strict';

const { setTimeout: pause } = require('node:timers/promises');
const { LatchkeyError } = require('./error');

const RETRIED = new Set(['throttled', 'unreachable', 'timeout']);

/**
 * Makes an attempt, and one more if the first is throttled, cannot connect or is not answered. The first has half of
 * the time, the second has what is left.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} attempt ends early when the signal aborts
 * @param {{action: string, target: string, timeout: number}} call what is called, and the milliseconds it may take
 * @returns {Promise<T>} what the attempt gave
 */
async function attemptTwice(attempt, { action, target, timeout }) {
    const end = performance.now() + timeout;
    try {
        return await limited(attempt, timeout / 2, action, target);
    } catch (error) {
        if (!RETRIED.has(error.code)) {
            throw error;
        }
        if (error.code === 'throttled') {
            await pause(Math.min(timeout / 4, 100 + 200 * Math.random()));
        }
    }
    return limited(attempt, end - performance.now(), action, target);
}

function limited(attempt, milliseconds, action, target) {
    const controller = new AbortController();
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
            reject(
                new LatchkeyError(
                    action,
                    'timeout',
                    `no answer from ${target} within ${Math.round(milliseconds)} ms, which was tried twice. See the` +
                        ' Duration metric of the function, or raise PLUGIN_LATCHKEY_TIMEOUT',
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
