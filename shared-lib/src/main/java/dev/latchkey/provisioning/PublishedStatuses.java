package dev.latchkey.provisioning;

import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.Map;

/**
 * What status lists tell, as the table of keys has it at that moment. Thread-safe.
 *
 * <p>Every method throws {@link KeyTableUnavailableException} if the table cannot be read.
 */
public interface PublishedStatuses {

    /** How many lists there are; 0 before the first key. */
    int lists();

    /** The statuses of a list that are not valid at a time, by their place. */
    Map<Integer, Status> notValid(int list, Instant now);

    /** The customers whose keys are ended, with the second up to which they were issued. */
    Map<String, Instant> cutOffs();
}
