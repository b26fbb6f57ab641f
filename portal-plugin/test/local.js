'use strict';

const { CREDENTIALS } = require('./credentials');

/**
 * Where scripts/test-portal has started Latchkey: the built packages of template.yaml behind an API Gateway and a Lambda
 * of their own on loopback.
 */
function started(name) {
    const url = process.env[name];
    if (!url) {
        throw new Error(`${name} is not set. Run the tests with scripts/test-portal, which starts Latchkey for them`);
    }
    return url;
}

module.exports = {
    CREDENTIALS,
    apiUrl: started('LATCHKEY_API_URL'),
    /** The sample route of the REST API and of the HTTP API. */
    doors: ['LATCHKEY_API_URL', 'LATCHKEY_HTTP_API_URL'].map((name) => `${started(name)}/orders`),
    lambdaUrl: started('LATCHKEY_LAMBDA_URL'),
    /** Variables for both ways to the issue-key that is running. */
    ways: {
        'Lambda invoke': {
            PLUGIN_LATCHKEY_FUNCTION: 'IssueKeyFunction',
            PLUGIN_LATCHKEY_ENDPOINT: started('LATCHKEY_LAMBDA_URL'),
            PLUGIN_LATCHKEY_REGION: 'us-east-1',
        },
        HTTPS: {
            PLUGIN_LATCHKEY_URL: started('LATCHKEY_API_URL'),
            PLUGIN_LATCHKEY_REGION: 'us-east-1',
        },
    },
};
