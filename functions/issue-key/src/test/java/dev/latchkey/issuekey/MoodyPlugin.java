package dev.latchkey.issuekey;

import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import org.jspecify.annotations.Nullable;

/** A plugin that does what the customer's id says: {@code not_found}, {@code conflict}, {@code invalid}, {@code broken}. */
public final class MoodyPlugin implements ProvisioningPlugin {

    @Override
    public String slug() {
        return "moody";
    }

    @Override
    public User getUser(String customerId, String email) {
        obey(customerId);
        return new User("u-1", "Ann", email, customerId, "sub_1");
    }

    @Override
    public User provisionUser(String customerId, String email, @Nullable String subscriptionId) {
        obey(customerId);
        return new User("u-1", "Ann", email, customerId, subscriptionId);
    }

    @Override
    public ApiKey createApiKey(String customerId, String email) {
        obey(customerId);
        return new ApiKey("opaque", "id-1", null);
    }

    private static void obey(String mood) {
        switch (mood) {
            case "invalid" -> throw new ProvisioningException(Kind.INVALID, "the plan is unknown");
            case "not_found" -> throw new ProvisioningException(Kind.NOT_FOUND, "no such user");
            case "conflict" -> throw new ProvisioningException(Kind.CONFLICT, "the user has\nanother email");
            case "broken" ->
                throw new IllegalStateException(
                        "gateway said 502\r\n\u001b[31m", new IllegalArgumentException("at 10.0.0.7"));
            default -> {}
        }
    }
}
