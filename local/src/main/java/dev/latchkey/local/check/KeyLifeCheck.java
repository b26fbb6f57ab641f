package dev.latchkey.local.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Walks through the life of keys, and looks after each step whether every door knows it within the promised time. */
final class KeyLifeCheck {

    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final long PAUSE_MS = 500;
    private static final String CUSTOMER = "cus_life";

    private final Doors doors;
    private final Report report;

    KeyLifeCheck(Doors doors, Report report) {
        this.doors = doors;
        this.report = report;
    }

    /** The function that issues keys, and the doors that check them. */
    interface Doors {

        /** What issue-key answers to a direct invocation. */
        JsonNode invoke(String action, Map<String, String> fields);

        /** What each door says to a key: its status. */
        List<Integer> ask(String key);
    }

    /** Takes what was found. */
    @FunctionalInterface
    interface Report {
        void report(String check, boolean holds);
    }

    private record Key(String text, String id) {}

    void run() {
        Key rests = create("rests");
        Key rolled = create("rolled");
        Key graced = create("graced");
        Key revoked = create("revoked");
        Key presented = create("presented");
        Key spared = create("spared");
        JsonNode page = invoke("listApiKeys", Map.of("customerId", CUSTOMER, "limit", "2"));
        report.report(
                "listApiKeys tells the newest first, page by page, and no key",
                page.path("keys").path(0).path("name").asText().equals("spared")
                        && page.path("keys").path(1).path("name").asText().equals("presented")
                        && page.path("cursor").isTextual()
                        && !page.toString().contains(spared.text()));
        expect("six new keys are let in", 200, rests, rolled, graced, revoked, presented, spared);

        invoke("suspendApiKey", of(rests));
        Key successor = key(invoke("rollApiKey", with(of(rolled), "grace", "0")));
        Key next = key(invoke("rollApiKey", with(of(graced), "grace", "1h")));
        invoke("revokeApiKey", of(revoked));
        invoke("revokeApiKey", Map.of("apikey", presented.text()));
        within(
                "suspended, rolled without grace and revoked by id and by itself: 403",
                403,
                rests,
                rolled,
                revoked,
                presented);
        expect("the others, and what took their place: 200", 200, spared, graced, next, successor);

        invoke("resumeApiKey", of(rests));
        within("resumed: 200", 200, rests);

        invoke("revokeCustomer", Map.of("customerId", CUSTOMER));
        within("all keys of the customer ended: 403", 403, rests, graced, next, successor, spared);
    }

    private Key create(String name) {
        return key(invoke("createApiKey", Map.of("customerId", CUSTOMER, "email", "life@example.com", "name", name)));
    }

    private static Key key(JsonNode answer) {
        return new Key(answer.path("apikey").asText(), answer.path("keyId").asText());
    }

    private static Map<String, String> of(Key key) {
        return Map.of("customerId", CUSTOMER, "keyId", key.id());
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put(name, value);
        return all;
    }

    private JsonNode invoke(String action, Map<String, String> fields) {
        JsonNode answer = doors.invoke(action, fields);
        if (answer.has("error")) {
            report.report(
                    action + " is answered, and not by "
                            + answer.path("error").path("message").asText(),
                    false);
        }
        return answer;
    }

    private void expect(String check, int status, Key... keys) {
        report.report(check, areAll(status, keys));
    }

    private boolean areAll(int status, Key... keys) {
        List<Integer> answers = new ArrayList<>();
        for (Key key : keys) {
            answers.addAll(doors.ask(key.text()));
        }
        return answers.stream().allMatch(answer -> answer == status);
    }

    /** Asks again and again until all doors say so, and tells how long that took. */
    private void within(String check, int status, Key... keys) {
        long start = System.nanoTime();
        boolean holds = areAll(status, keys);
        while (!holds && System.nanoTime() - start < PROMISED.toNanos()) {
            LockSupport.parkNanos(PAUSE_MS * 1_000_000);
            holds = areAll(status, keys);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        report.report(String.format(Locale.ROOT, "%s, at every door after %.1f s", check, seconds), holds);
    }
}
