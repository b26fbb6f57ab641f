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
    /** The name under which the portal takes its own JWT plugin, whose place this package can be installed in. */
    JwtProvisioningPlugin: LatchkeyProvisioningPlugin,
};
