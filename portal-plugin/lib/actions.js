'use strict';

/**
 * What issue-key does: by action, the fields it takes, and its route over HTTPS. `{keyId}` in a path is a field, too.
 * Other fields than these are never sent.
 */
const ACTIONS = {
    createApiKey: {
        method: 'POST',
        path: '/create-key',
        fields: [
            'customerId',
            'email',
            'subscriptionId',
            'idempotencyKey',
            'name',
            'scopes',
            'plan',
            'metadata',
            'expiresIn',
        ],
    },
    listApiKeys: { method: 'GET', path: '/keys', fields: ['customerId', 'limit', 'cursor'] },
    getApiKey: { method: 'GET', path: '/keys/{keyId}', fields: ['customerId', 'keyId'] },
    updateApiKey: { method: 'PATCH', path: '/keys/{keyId}', fields: ['customerId', 'keyId', 'name', 'metadata'] },
    suspendApiKey: { method: 'POST', path: '/keys/{keyId}/suspend', fields: ['customerId', 'keyId'] },
    resumeApiKey: { method: 'POST', path: '/keys/{keyId}/resume', fields: ['customerId', 'keyId'] },
    revokeApiKey: { method: 'POST', path: '/keys/{keyId}/revoke', fields: ['customerId', 'keyId', 'apikey'] },
    rollApiKey: {
        method: 'POST',
        path: '/keys/{keyId}/roll',
        fields: ['customerId', 'keyId', 'email', 'grace', 'idempotencyKey'],
    },
    revokeCustomer: { method: 'POST', path: '/revoke-customer', fields: ['customerId'] },
    provisionUser: { method: 'POST', path: '/provision-user', fields: ['customerId', 'email', 'subscriptionId'] },
    getUser: { method: 'GET', path: '/user', fields: ['customerId', 'email'] },
};

const REVOKE_BY_TEXT = '/revoke-key';

/** The fields of an action that are set. A null counts as not set, but where it removes something: in an update. */
function fieldsOf(action, given) {
    const isSet = (value) => value !== undefined && (value !== null || action === 'updateApiKey');
    const set = ACTIONS[action].fields.filter((name) => isSet(given[name]));
    return Object.fromEntries(set.map((name) => [name, given[name]]));
}

/**
 * A request's method, path, and the fields that are in neither.
 *
 * @param {{action: string, fields: object}} request
 * @returns {{method: string, path: string, template: string, rest: object}} the path with the key's id in it, and without
 */
function routeOf({ action, fields }) {
    const { method, path } = ACTIONS[action];
    const template = action === 'revokeApiKey' && fields.apikey !== undefined ? REVOKE_BY_TEXT : path;
    if (!template.includes('{keyId}')) {
        return { method, path: template, template, rest: fields };
    }
    const { keyId, ...rest } = fields;
    return { method, path: template.replace('{keyId}', () => encodeURIComponent(keyId)), template, rest };
}

module.exports = { fieldsOf, routeOf };
