package dev.latchkey.local.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.SignatureV4;
import dev.latchkey.local.stack.LocalStack;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Issues a key from the running functions and tries it and spoilt ones at the doors of both APIs, a line a check. */
public final class Check {

    private static final String REQUEST = "{\"customerId\":\"cus_check\",\"email\":\"check@example.com\"}";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final LocalStack stack;
    private final Optional<Supplier<LocalStack>> rotating;
    private final PrintStream out;
    private final Journal journal;
    private int failures;

    /**
     * Checks a running stack, and prints a line for each check.
     *
     * @param rotating starts stacks whose signing key is in a secret; empty where there is no table either, so that keys
     *     have no life
     * @param journal what the stacks' listeners hear; what belongs to a check that fails is printed with it
     */
    public Check(LocalStack stack, Optional<Supplier<LocalStack>> rotating, PrintStream out, Journal journal) {
        this.stack = stack;
        this.rotating = rotating;
        this.out = out;
        this.journal = journal;
    }

    /** Runs all checks; true when all hold. */
    public boolean passes() {
        Answer issued = post("/create-key", true, REQUEST);
        String key = issued.text("apikey");
        report("POST /create-key issues a key", issued.status() == 200 && key.split("\\.", -1).length == 3);
        Answer orders = orders("Bearer " + key);
        report("GET /orders with the key is answered: 200", orders.status() == 200);
        report("the back end sees company, user and key id", orders.tells(issued.text("keyId")));
        report("the key without Bearer is answered, too: 200", orders(key).status() == 200);
        report("without a key: 401", orders("").status() == 401);
        Map<Flaw, String> spoilt = SpoiltKeys.of(stack).of(key);
        spoilt.forEach((flaw, bad) ->
                report(flaw.title() + ": 401", orders("Bearer " + bad).status() == 401));
        Answer invoked = invoke(REQUEST.replaceFirst("\\{", "{\"action\":\"createApiKey\","));
        report(
                "a second key, issued by Lambda's Invoke API, is another one and is answered: 200",
                orders("Bearer " + invoked.text("apikey")).status() == 200
                        && !invoked.text("keyId").equals(issued.text("keyId")));
        report(
                "POST /create-key without IAM authorisation: 403",
                post("/create-key", false, REQUEST).status() == 403);
        Answer nobody = post("/create-key", true, "{\"email\":\"check@example.com\"}");
        report(
                "POST /create-key without a customer: 400, and the answer names the field",
                nobody.status() == 400 && nobody.body().contains("customerId"));
        stack.httpApiUrl().ifPresent(url -> httpApi(url + "/orders", key, issued.text("keyId"), spoilt));
        if (rotating.isPresent()) {
            new KeyLifeCheck(doors(), this::report).run();
            new RotationCheck(rotating.get(), this::report).run();
        } else {
            out.println(
                    "-       no table and no secret, so that keys cannot be listed, rolled, revoked or rotated: not checked");
        }
        out.println((failures == 0 ? "all checks hold" : failures + " checks failed")
                + "; what was asked and logged is in " + journal);
        return failures == 0;
    }

    private KeyLifeCheck.Doors doors() {
        return new KeyLifeCheck.Doors() {
            @Override
            public JsonNode invoke(String action, Map<String, String> fields) {
                ObjectNode event = JsonTree.object().put("action", action);
                fields.forEach(event::put);
                return JsonTree.parse(Check.this.invoke(event.toString()).body())
                        .orElseGet(JsonTree::object);
            }

            @Override
            public List<Integer> ask(String key) {
                List<Integer> statuses =
                        new ArrayList<>(List.of(orders("Bearer " + key).status()));
                stack.httpApiUrl()
                        .ifPresent(url -> statuses.add(
                                get(url + "/orders", "Bearer " + key).status()));
                return statuses;
            }
        };
    }

    private void httpApi(String url, String key, String keyId, Map<Flaw, String> spoilt) {
        Answer orders = get(url, "Bearer " + key);
        report("HTTP API: GET /orders with the key is answered: 200", orders.status() == 200);
        report("HTTP API: the back end sees company, user and key id", orders.tells(keyId));
        report("HTTP API: without a key: 401", get(url, "").status() == 401);
        spoilt.forEach((flaw, bad) -> report(
                "HTTP API: " + flaw.title() + ": " + flaw.httpApiStatus(),
                get(url, "Bearer " + bad).status() == flaw.httpApiStatus()));
    }

    private void report(String check, boolean holds) {
        out.println((holds ? "ok      " : "FAILED  ") + check);
        if (holds) {
            journal.forget();
        } else {
            failures++;
            journal.said().forEach(line -> out.println("        " + line));
        }
    }

    private record Answer(int status, String body) {

        /** Whether it is the sample's answer to the key of that id. */
        boolean tells(String keyId) {
            return text("company").equals("cus_check")
                    && text("user").equals("cus_check")
                    && text("key").equals(keyId);
        }

        /** The text of a member of the JSON body; empty where there is none. */
        String text(String member) {
            return JsonTree.parse(body)
                    .map(json -> json.path(member))
                    .map(JsonNode::asText)
                    .orElse("");
        }
    }

    private Answer orders(String authorization) {
        return get(stack.apiUrl() + "/orders", authorization);
    }

    private Answer get(String url, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    private Answer post(String route, boolean isSigned, String body) {
        URI uri = URI.create(stack.apiUrl() + route);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (isSigned) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            SignatureV4.headers("POST", uri, "execute-api", bytes, Instant.now())
                    .forEach(request::header);
        }
        return send(request);
    }

    private Answer invoke(String event) {
        return send(HttpRequest.newBuilder(
                        URI.create(stack.lambdaUrl() + "/2015-03-31/functions/IssueKeyFunction/invocations"))
                .POST(BodyPublishers.ofString(event)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
