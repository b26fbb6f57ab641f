'use strict';

const { createHmac, randomBytes, randomUUID } = require('node:crypto');
const http = require('node:http');

const DAY = 86_400;
const SECONDS = { s: 1, m: 60, h: 3600, d: DAY };
const MAX_LIFE = 30 * DAY;
const INVOKE = '/2015-03-31/functions/';

/**
 * An issue-key that keeps its records in memory and answers by its contract, as far as a portal sees it: by Lambda's
 * Invoke and at its routes. Its keys open nothing.
 */
class MemoryIssueKey {
    #records = [];
    #apikeys = new Map();
    #repeated = new Map();
    #secret = randomBytes(32);

    constructor() {
        /** What was asked, in order: the action and its fields. */
        this.requests = [];
        /** Milliseconds that are added to the clock. */
        this.later = 0;
    }

    /** The answer to an action. */
    perform(action, fields) {
        this.requests.push({ action, fields });
        if (action !== 'revokeApiKey' || fields.apikey === undefined) {
            needText(fields, 'customerId');
        }
        return this[action](fields);
    }

    createApiKey({ customerId, email, idempotencyKey, name, scopes, plan, metadata, expiresIn }) {
        needText({ email }, 'email');
        return this.#once(customerId, idempotencyKey, () => {
            const life = expiresIn === undefined ? MAX_LIFE : seconds(expiresIn, 'expiresIn');
            if (life > MAX_LIFE) {
                throw refusal('invalid_request', 'expiresIn must be at most 30 days');
            }
            if (name !== undefined && (name.trim() === '' || name.length > 100)) {
                throw refusal('invalid_request', 'name must be 1 to 100 characters');
            }
            return this.#issue({ customerId, name, scopes, plan, metadata }, life);
        });
    }

    listApiKeys({ customerId, limit = 25, cursor }) {
        const own = this.#records.filter((record) => record.customerId === customerId).reverse();
        const from = cursor === undefined ? 0 : this.#position(customerId, cursor);
        const size = Number(limit);
        if (!(size >= 1 && size <= 100)) {
            throw refusal('invalid_request', 'limit must be 1 to 100');
        }
        const next = from + size;
        return {
            keys: own.slice(from, next).map((record) => this.#shown(record)),
            cursor: next < own.length ? this.#cursor(customerId, next) : null,
        };
    }

    getApiKey(fields) {
        return this.#shown(this.#find(fields));
    }

    updateApiKey({ name, metadata, ...fields }) {
        const record = this.#find(fields);
        if (name !== undefined) {
            record.name = name;
        }
        if (metadata !== undefined) {
            record.metadata = metadata ?? {};
        }
        return this.#shown(record);
    }

    suspendApiKey(fields) {
        return this.#become(this.#find(fields), 'suspended');
    }

    resumeApiKey(fields) {
        return this.#become(this.#find(fields), 'valid');
    }

    revokeApiKey(fields) {
        const record = fields.apikey === undefined ? this.#find(fields) : this.#apikeys.get(fields.apikey);
        if (!record) {
            throw refusal('invalid_request', 'apikey is not one of ours');
        }
        return this.#become(record, 'revoked');
    }

    rollApiKey({ grace = DAY, idempotencyKey, ...fields }) {
        const old = this.#find(fields);
        return this.#once(fields.customerId, idempotencyKey, () => {
            if (this.#shown(old).status !== 'valid' || old.rolledInto) {
                throw refusal('conflict', 'only a valid key that is not rolled yet can be rolled');
            }
            const made = this.#issue({ ...old, rolledFrom: old.keyId }, MAX_LIFE);
            old.rolledInto = made.keyId;
            old.endsAt = this.#now() + seconds(grace, 'grace');
            return { ...made, rolledFrom: old.keyId, previousEndsAt: iso(old.endsAt) };
        });
    }

    /** As of a key that was revoked before its end was kept. */
    forgetEnd(keyId) {
        this.#records.find((record) => record.keyId === keyId).endsAt = null;
    }

    revokeCustomer({ customerId }) {
        this.#records
            .filter((record) => record.customerId === customerId)
            .forEach((record) => (record.status = 'revoked'));
        return { customerId, issuedUntil: iso(this.#now()), effectiveFrom: iso(this.#now() + 10) };
    }

    #now() {
        return Math.floor((Date.now() + this.later) / 1000);
    }

    #issue({ customerId, name, scopes, plan, metadata, rolledFrom }, life) {
        const apikey = `eyJhbGciOiJub25lIn0.${randomBytes(120).toString('base64url')}.${randomBytes(192).toString('base64url')}`;
        const record = {
            keyId: randomUUID(),
            customerId,
            name: name ?? null,
            createdAt: this.#now(),
            expiresAt: this.#now() + life,
            status: 'valid',
            endsAt: null,
            scopes: scopes ?? [],
            plan: plan ?? null,
            metadata: metadata ?? {},
            rolledFrom: rolledFrom ?? null,
            rolledInto: null,
            createdBy: 'arn:aws:iam::123456789012:role/portal',
        };
        this.#records.push(record);
        this.#apikeys.set(apikey, record);
        return { apikey, ...this.#shown(record) };
    }

    #shown({ createdAt, expiresAt, endsAt, status, ...record }) {
        const isOver = endsAt !== null && endsAt <= this.#now();
        return {
            ...record,
            createdAt: iso(createdAt),
            expiresAt: iso(expiresAt),
            endsAt: endsAt === null ? null : iso(endsAt),
            status: isOver ? 'revoked' : status,
        };
    }

    #become(record, status) {
        if (record.status === 'revoked' && status !== 'revoked') {
            throw refusal('conflict', 'the key is revoked');
        }
        record.status = status;
        if (status === 'revoked') {
            record.endsAt = Math.min(record.endsAt ?? Infinity, this.#now());
        }
        return { ...this.#shown(record), effectiveFrom: iso(this.#now() + 10) };
    }

    #find({ customerId, keyId }) {
        const record = this.#records.find((one) => one.keyId === keyId && one.customerId === customerId);
        if (!record) {
            throw refusal('not_found', `customer ${customerId} has no key ${keyId}`);
        }
        return record;
    }

    #once(customerId, idempotencyKey, issue) {
        const id = JSON.stringify([customerId, idempotencyKey]);
        if (idempotencyKey === undefined || !this.#repeated.has(id)) {
            this.#repeated.set(id, issue());
        }
        return this.#repeated.get(id);
    }

    #cursor(customerId, position) {
        const mac = createHmac('sha256', this.#secret).update(`${customerId}\n${position}`).digest('base64url');
        return `${position}.${mac}`;
    }

    #position(customerId, cursor) {
        const position = Number(cursor.split('.')[0]);
        if (cursor !== this.#cursor(customerId, position)) {
            throw refusal('invalid_request', 'cursor is not one that was given for this customer');
        }
        return position;
    }
}

function needText(fields, name) {
    if (typeof fields[name] !== 'string' || fields[name] === '') {
        throw refusal('invalid_request', `${name} is required`);
    }
}

function seconds(text, field) {
    const match = /^(\d+)([smhd]?)$/.exec(String(text));
    if (!match) {
        throw refusal('invalid_request', `${field} must be seconds, or such as 30d`);
    }
    return Number(match[1]) * (SECONDS[match[2]] ?? 1);
}

function iso(epochSeconds) {
    return new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z');
}

const STATUSES = { invalid_request: 400, not_found: 404, conflict: 409, not_implemented: 501 };

function refusal(code, message) {
    return Object.assign(new Error(message), { code });
}

const ROUTES = [
    ['POST', /^\/create-key$/, 'createApiKey'],
    ['GET', /^\/keys$/, 'listApiKeys'],
    ['GET', /^\/keys\/([^/]+)$/, 'getApiKey'],
    ['PATCH', /^\/keys\/([^/]+)$/, 'updateApiKey'],
    ['POST', /^\/keys\/([^/]+)\/suspend$/, 'suspendApiKey'],
    ['POST', /^\/keys\/([^/]+)\/resume$/, 'resumeApiKey'],
    ['POST', /^\/keys\/([^/]+)\/revoke$/, 'revokeApiKey'],
    ['POST', /^\/revoke-key$/, 'revokeApiKey'],
    ['POST', /^\/keys\/([^/]+)\/roll$/, 'rollApiKey'],
    ['POST', /^\/revoke-customer$/, 'revokeCustomer'],
];

/**
 * Serves it on loopback, by both ways.
 *
 * @returns {Promise<{ways: object, stop: Function}>} variables by way, and what ends it
 */
async function serve(issueKey) {
    const server = http.createServer(async (request, response) => {
        const chunks = [];
        for await (const chunk of request) {
            chunks.push(chunk);
        }
        const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : {};
        const byInvoke = request.url.startsWith(INVOKE);
        const [status, answer] = byInvoke ? invoked(issueKey, body) : routed(issueKey, request, body);
        response.writeHead(byInvoke ? 200 : status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${server.address().port}`;
    return {
        ways: {
            'Lambda invoke': {
                PLUGIN_LATCHKEY_FUNCTION: 'IssueKeyFunction',
                PLUGIN_LATCHKEY_ENDPOINT: url,
                PLUGIN_LATCHKEY_REGION: 'us-east-1',
            },
            HTTPS: { PLUGIN_LATCHKEY_URL: url, PLUGIN_LATCHKEY_REGION: 'us-east-1' },
        },
        stop() {
            server.close();
            server.closeAllConnections();
        },
    };
}

function invoked(issueKey, { action, ...fields }) {
    return answered(() => issueKey.perform(action, fields));
}

function routed(issueKey, { method, url, headers }, body) {
    const [path, query] = url.split('?');
    const [, pattern, action] = ROUTES.find(([its, matches]) => its === method && matches.test(path)) ?? [];
    if (!action || !headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
        return [403, { message: 'Missing Authentication Token' }];
    }
    const [, keyId] = pattern.exec(path);
    const fields = { ...Object.fromEntries(new URLSearchParams(query)), ...body };
    return answered(() => issueKey.perform(action, keyId ? { ...fields, keyId: decodeURIComponent(keyId) } : fields));
}

function answered(perform) {
    try {
        return [200, perform()];
    } catch ({ code, message }) {
        return [STATUSES[code] ?? 500, { error: { code: code ?? 'internal_error', message } }];
    }
}

module.exports = { MemoryIssueKey, serve };
