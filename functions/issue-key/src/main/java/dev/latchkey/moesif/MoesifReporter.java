package dev.latchkey.moesif;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells Moesif: the user, the company and, where there is one, the subscription each time, so that a customer is known
 * whichever request came first; and the actions "API Key Created", "API Key Revoked" and so on. Nothing is told of
 * {@link Customer#CANARY}. The SDK is loaded when the first customer is told of.
 *
 * <p>After a second a thread may be left that still loads classes, or asks a name server; it sends nothing.
 */
public final class MoesifReporter implements CustomerReporter {

    /** Leaves the rest of a second for the threads to end. */
    private static final Duration SENDING = Duration.ofMillis(900);

    private final MoesifSettings settings;
    private final Clock clock;
    private final Duration sending;

    /** Tells the collector of these settings. */
    public MoesifReporter(MoesifSettings settings, Clock clock) {
        this(settings, clock, SENDING);
    }

    /** Gives the collector that long to answer. */
    MoesifReporter(MoesifSettings settings, Clock clock, Duration sending) {
        this.settings = settings;
        this.clock = clock;
        this.sending = sending;
    }

    @Override
    public List<String> provisioned(Customer customer) {
        return tell(customer.id(), about(customer));
    }

    @Override
    public List<String> keyCreated(Customer customer, String keyId, @Nullable Instant expires) {
        List<Message> messages = about(customer);
        messages.add(new Message.KeyCreated(customer, keyId, expires, clock.instant()));
        return tell(customer.id(), messages);
    }

    @Override
    public List<String> keyChanged(String customerId, String keyId, KeyChange change) {
        return tell(customerId, List.of(new Message.KeyChanged(customerId, keyId, change.action(), clock.instant())));
    }

    private static List<Message> about(Customer customer) {
        List<Message> messages = new ArrayList<>(List.of(new Message.User(customer), new Message.Company(customer)));
        if (customer.subscriptionId() != null) {
            messages.add(new Message.Subscription(customer, customer.subscriptionId()));
        }
        return messages;
    }

    /** The SDK is not touched here: its loading would not be within the report's time. */
    private List<String> tell(String customerId, List<Message> messages) {
        if (customerId.equals(Customer.CANARY)) {
            return List.of();
        }
        return new Report(messages, sending).send(report -> Sdk.send(settings, report));
    }
}
