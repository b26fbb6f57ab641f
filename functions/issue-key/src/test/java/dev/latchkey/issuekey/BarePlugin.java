package dev.latchkey.issuekey;

import dev.latchkey.provisioning.ProvisioningPlugin;

/** A plugin that implements nothing. */
public final class BarePlugin implements ProvisioningPlugin {

    @Override
    public String slug() {
        return "bare";
    }
}
