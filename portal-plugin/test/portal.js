'use strict';

/** The portal's own plugins, by provider; Konnect's is that of `kong` where the portal has a `KONNECT_PAT`. */
const OWN_PLUGINS = {
    jwt: { packageName: 'dev-portal-jwt-plugin', className: 'JwtProvisioningPlugin' },
    aws: { packageName: 'dev-portal-jwt-plugin', className: 'JwtProvisioningPlugin' },
    kong: { packageName: 'dev-portal-kong-gateway-plugin', className: 'KongProvisioningPlugin' },
    konnect: { packageName: 'dev-portal-kong-konnect-plugin', className: 'KonnectProvisioningPlugin' },
    tyk: { packageName: 'dev-portal-tyk-plugin', className: 'TykProvisioningPlugin' },
    'auth0-m2m': { packageName: 'dev-portal-auth0-m2m-plugin', className: 'Auth0M2MProvisioningPlugin' },
};

/**
 * The portal as far as a plugin sees it: how its `config/pluginLoader.js` chooses and makes the plugin, and what its
 * `app.js` does with the plugin's results and errors.
 */
class Portal {
    /**
     * @param {Object<string, string>} environment the portal's variables
     * @param {(name: string) => object} require finds an installed package
     */
    constructor(environment, require) {
        this.log = [];
        this.plugin = this.#load(environment, require);
    }

    /** By the provider's name in any case, and without arguments; a name that is not known is logged, no more. */
    #load(environment, require) {
        const provider = (environment.PLUGIN_APIM_PROVIDER || environment.APIM_PROVIDER).toLowerCase();
        if (provider === 'latchkey') {
            return new (require('latchkey-portal-plugin').LatchkeyProvisioningPlugin)();
        }
        const own = OWN_PLUGINS[provider === 'kong' && environment.KONNECT_PAT ? 'konnect' : provider];
        if (own) {
            return new (require(own.packageName)[own.className])();
        }
        this.log.push(['invalid provider', provider]);
        return undefined;
    }

    /** `POST /create-key`: the key as it is, or an error that tells nothing, with the reason in the log. */
    async createKey(customerId, email) {
        try {
            const apikey = await this.plugin.createApiKey(customerId, email);
            return { status: 200, body: { apikey } };
        } catch (error) {
            this.log.push(['create-key', error]);
            return { status: 500, body: { message: 'Failed to create key' } };
        }
    }

    /** `POST /register/...` after a checkout: the user goes to the log, an error as text to the customer. */
    async register(customerId, email, subscriptionId) {
        try {
            const user = await this.plugin.provisionUser(customerId, email, subscriptionId);
            this.log.push(['user', JSON.stringify(user)]);
            return { status: 201 };
        } catch (error) {
            this.log.push(['register', error]);
            return { status: 500, body: { message: `Failed to provision user. ${error.toString()}` } };
        }
    }
}

module.exports = { OWN_PLUGINS, Portal };
