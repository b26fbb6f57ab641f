'use strict';

const { LatchkeyClient } = require('./lib/client');
const { LatchkeyError } = require('./lib/error');
const { LatchkeyProvisioningPlugin } = require('./lib/plugin');
const { keysRouter } = require('./lib/router');

module.exports = {
    LatchkeyClient,
    LatchkeyError,
    LatchkeyProvisioningPlugin,
    keysRouter,
    /** The names under which the portal takes its own plugins, in whose place this package can be installed. */
    JwtProvisioningPlugin: LatchkeyProvisioningPlugin,
    KongProvisioningPlugin: LatchkeyProvisioningPlugin,
    KonnectProvisioningPlugin: LatchkeyProvisioningPlugin,
    TykProvisioningPlugin: LatchkeyProvisioningPlugin,
    Auth0M2MProvisioningPlugin: LatchkeyProvisioningPlugin,
};
