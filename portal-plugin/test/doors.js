'use strict';

const assert = require('node:assert/strict');
const { setTimeout: pause } = require('node:timers/promises');
const { doors } = require('./local');

const BOUND_MS = 10_000;
const PAUSE_MS = 250;

/** What each door says to a key: its status. */
async function ask(apikey) {
    const calls = doors.map((door) => fetch(door, { headers: { authorization: `Bearer ${apikey}` } }));
    return (await Promise.all(calls)).map(({ status }) => status);
}

/** Every door lets the key in, now. */
async function assertOpen(apikey) {
    assert.deepEqual(await ask(apikey), [200, 200]);
}

/** Every door refuses the key, ten seconds from now at the latest. */
async function assertShut(apikey) {
    const end = Date.now() + BOUND_MS;
    let statuses = await ask(apikey);
    while (statuses.some((status) => status !== 403) && Date.now() < end) {
        await pause(PAUSE_MS);
        statuses = await ask(apikey);
    }
    assert.deepEqual(statuses, [403, 403]);
}

module.exports = { assertOpen, assertShut };
