'use strict';

const { LatchkeyProvisioningPlugin } = require('./lib/plugin');

module.exports = {
    LatchkeyProvisioningPlugin,
    /** The name under which the portal takes its own JWT plugin, whose place this package can be installed in. */
    JwtProvisioningPlugin: LatchkeyProvisioningPlugin,
};
