'use strict';

const { Refusal } = require('./router-guard');

/**
 * The fields of a request, from its query or its body. A field that the operation does not have is refused, such as one
 * that names a customer: who that is, the session says.
 *
 * @param {{operation: {query?: object, body?: object}, query: string}} found the types by field that the operation takes
 * @param {object} body
 * @returns {Object<string, string|number|null>}
 * @throws {Refusal} with status 400
 */
function fieldsOfRequest({ operation, query }, body) {
    const asked = [...new URLSearchParams(query)];
    if (new Set(asked.map(([name]) => name)).size < asked.length) {
        throw new Refusal(400, 'invalid_request', 'A field is in the query twice');
    }
    return {
        ...only(asked, operation.query ?? {}, 'query'),
        ...only(Object.entries(body), operation.body ?? {}, 'body'),
    };
}

/** The fields of the types that are wanted. */
function only(entries, types, place) {
    const wanted = new Map(Object.entries(types));
    for (const [name, value] of entries) {
        if (!wanted.has(name)) {
            const there = wanted.size > 0 ? `There are ${[...wanted.keys()].join(' and ')}` : 'It takes none';
            throw new Refusal(
                400,
                'invalid_request',
                `${JSON.stringify(name.slice(0, 64))} is no field of the ${place} here. ${there}`,
            );
        }
        const type = value === null ? 'null' : typeof value;
        if (!wanted.get(name).split(' or ').includes(type)) {
            throw new Refusal(400, 'invalid_request', `${name} must be a ${wanted.get(name)}`);
        }
    }
    return Object.fromEntries(entries);
}

module.exports = { fieldsOfRequest };
