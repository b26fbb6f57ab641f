package dev.latchkey.cli;

import dev.latchkey.cli.Published.Document;
import dev.latchkey.cli.deployment.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what is published of a key: the status list that it is in, and the public key that signed it. */
final class PublishedChecks {

    private static final int OK = 200;
    private static final String LISTS = "/statuslists/";
    private static final String REMEDY =
            "look at the log of the publish function, and at PLUGIN_JWT_STATUS_LIST_BASE of issue-key, which names this address";

    private final Published published;

    PublishedChecks(Published published) {
        this.published = published;
    }

    List<Finding> of(Canary canary) {
        Optional<String> list = canary.statusList();
        if (list.isEmpty()) {
            return List.of(Finding.skipped("the status list", "the key is in none, and ends by its time alone"));
        }
        List<Finding> findings = new ArrayList<>();
        Document document = published.get(list.get());
        findings.add(
                document.status() == OK && document.type().contains("statuslist+jwt")
                        ? Finding.ok("the status list", "published at " + list.get())
                        : Finding.failed("the status list", found(document, list.get()), "200, a list", REMEDY));
        int lists = list.get().indexOf(LISTS);
        if (lists > 0) {
            findings.add(keys(canary, list.get().substring(0, lists) + "/.well-known/jwks.json"));
        }
        return findings;
    }

    private Finding keys(Canary canary, String address) {
        Document document = published.get(address);
        String check = "the public keys";
        if (document.status() != OK) {
            return Finding.failed(check, found(document, address), "200, a JWK Set", REMEDY);
        }
        if (canary.algorithm().startsWith("HS")) {
            return Finding.ok(check, "published; a shared secret has none");
        }
        String kid = canary.unverifiedHeader().string("kid").orElse("");
        return document.body().contains("\"kid\":\"" + kid + "\"")
                ? Finding.ok(check, "the key's is among them")
                : Finding.failed(
                        check,
                        "the key's, " + kid + ", is not among them",
                        "it is",
                        "give the publish function the secret of issue-key, PLUGIN_JWT_SECRET_ID, and the same PLUGIN_JWT_KID");
    }

    private static String found(Document document, String address) {
        return document.status() == 0 ? document.body() : document.status() + " of " + address;
    }
}
