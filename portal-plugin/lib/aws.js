'use strict';

const { LatchkeyError, oneLine } = require('./error');

/** A source of credentials, the AWS SDK's usual chain, which keeps them until they expire. */
function credentialChain() {
    const { defaultProvider } = require('@aws-sdk/credential-provider-node');
    return defaultProvider();
}

/**
 * Waits for credentials, so that their failure is not taken for the call's.
 *
 * @throws {LatchkeyError} with code `no_credentials`
 */
async function credentialsFor(action, chain) {
    try {
        return await chain();
    } catch (error) {
        throw new LatchkeyError(
            action,
            'no_credentials',
            `found no AWS credentials (${oneLine(error.message)}). Give the portal's host a role, or set AWS_PROFILE, or` +
                ' AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
        );
    }
}

/** Whether AWS's words mean that the credentials themselves are bad, rather than what they allow. */
function areBadCredentials(text) {
    return /security token|signature|expired|UnrecognizedClient|InvalidClientTokenId|IncompleteSignature/i.test(text);
}

/** The error for credentials that AWS does not take. */
function badCredentials(action, answer, details) {
    return new LatchkeyError(
        action,
        'bad_credentials',
        `AWS does not accept the portal's credentials (${oneLine(answer)}). Renew them, and check the host's clock`,
        details,
    );
}

/**
 * The error for a request that got no answer.
 *
 * @param {Error} error what the HTTP client gave
 */
function connectionError(action, target, error) {
    const reason = oneLine(error.message) || error.code;
    return new LatchkeyError(
        action,
        'unreachable',
        `cannot reach ${target} (${reason}), which was tried twice. Check the setting and the portal's network`,
    );
}

module.exports = { areBadCredentials, badCredentials, connectionError, credentialChain, credentialsFor };
