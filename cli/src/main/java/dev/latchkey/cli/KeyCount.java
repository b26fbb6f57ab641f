package dev.latchkey.cli;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts the keys that a signing key signed, by issue-key's records, which are read once, a page in a call. */
final class KeyCount {

    /** After how many calls it tells how far it is. */
    private static final int TOLD_EVERY = 50;

    private final IssueKey issueKey;
    private final Consumer<String> progress;

    KeyCount(IssueKey issueKey, Consumer<String> progress) {
        this.issueKey = issueKey;
        this.progress = progress;
    }

    /**
     * What is known of that signing key's keys, in a sentence or two.
     *
     * @throws FailedCallException if issue-key keeps no records, or fails
     */
    String of(String signingKey) {
        long keys = 0;
        long unknown = 0;
        long read = 0;
        Optional<String> cursor = Optional.empty();
        int calls = 0;
        do {
            JsonObjectBuilder request =
                    new JsonObjectBuilder().put("action", "countSignedKeys").put("signingKey", signingKey);
            cursor.ifPresent(here -> request.put("cursor", here));
            JsonObject page = issueKey.ask(request.build());
            keys += number(page, "keys");
            unknown += number(page, "unknown");
            read += number(page, "read");
            cursor = page.string("cursor");
            if (++calls % TOLD_EVERY == 0) {
                progress.accept("counting: " + read + " items of the table are read");
            }
        } while (cursor.isPresent());
        return signingKey + " signed " + keys + " keys that are good by their records." + furtherOnes(unknown);
    }

    private static String furtherOnes(long unknown) {
        return unknown == 0
                ? ""
                : " It may have signed some of " + unknown + " others, whose records do not tell what signed them.";
    }

    private static long number(JsonObject page, String name) {
        if (page.get(name).orElse(null) instanceof JsonNumber number && number.isWhole()) {
            return number.whole();
        }
        throw new FailedCallException(
                "issue-key's answer does not tell the number of " + name + ". Is it an older release?");
    }
}
