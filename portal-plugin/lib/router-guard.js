'use strict';

const MAX_BODY = 16 * 1024;

/** A request that is not followed, with what its sender is told. */
class Refusal extends Error {
    /**
     * @param {number} status the HTTP status
     * @param {string} code
     * @param {string} message
     * @param {Object<string, string>} [headers] more headers of the answer
     */
    constructor(status, code, message, headers = {}) {
        super(message);
        Object.assign(this, { status, code, headers });
    }
}

/**
 * Refuses what another site's page makes a browser send. Browsers tell by `Sec-Fetch-Site`, older ones and those on plain
 * http by `Origin` alone; neither can be set by a page.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {Set<string>} origins others that may call
 * @throws {Refusal} with status 403
 */
function checkOrigin({ method, headers }, origins) {
    const { origin, host } = headers;
    if (origins.has(origin)) {
        return;
    }
    const site = headers['sec-fetch-site'];
    const isOwn =
        site === undefined
            ? origin === undefined || hostOf(origin) === host
            : site === 'same-origin' || (site === 'none' && method === 'GET');
    if (!isOwn) {
        throw new Refusal(403, 'cross_site', "Only the portal's own pages may ask for this");
    }
}

function hostOf(origin) {
    try {
        return new URL(origin).host;
    } catch {
        return undefined;
    }
}

/** Refuses anything but JSON where there is a body: forms, which any page may send, are not JSON (status 415). */
function checkType({ method, headers }) {
    const [type] = (headers['content-type'] ?? '').split(';');
    if (method !== 'GET' && type.trim().toLowerCase() !== 'application/json') {
        throw new Refusal(415, 'unsupported_media_type', 'The content-type must be application/json');
    }
}

/**
 * The request's body, which another middleware such as `express.json()` may have read already.
 *
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<object>} the JSON object; an empty one where there is no body
 * @throws {Refusal} with status 400, or 413 above 16 KiB
 */
async function readBody(request) {
    if (request.method === 'GET') {
        return {};
    }
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) {
        throw tooLarge();
    }
    const isRead = request._body === true || request.readableEnded;
    const given = isRead ? request.body : await text(request);
    const body = typeof given === 'string' || Buffer.isBuffer(given) ? parsed(given) : (given ?? {});
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw new Refusal(400, 'invalid_request', 'The body must be a JSON object');
    }
    if (isRead && JSON.stringify(body).length > MAX_BODY) {
        throw tooLarge();
    }
    return body;
}

function text(request) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let length = 0;
        request.on('data', (chunk) => {
            length += chunk.length;
            if (length <= MAX_BODY) {
                chunks.push(chunk);
            } else {
                request.pause();
                reject(tooLarge());
            }
        });
        request.on('end', () => resolve(Buffer.concat(chunks)));
        request.on('error', reject);
        request.on('close', () => reject(new Refusal(400, 'invalid_request', 'The body ended early')));
    });
}

function tooLarge() {
    return new Refusal(413, 'too_large', 'The body is longer than 16 KiB', { connection: 'close' });
}

function parsed(body) {
    const content = body.toString('utf8');
    try {
        return content.trim() === '' ? {} : JSON.parse(content);
    } catch {
        throw new Refusal(400, 'invalid_request', 'The body is not JSON');
    }
}

module.exports = { Refusal, checkOrigin, checkType, readBody };
