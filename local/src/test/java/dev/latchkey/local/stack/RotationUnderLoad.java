package dev.latchkey.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rotates the signing key while clients call three doors, and others check keys with a published set that they keep for two
 * hours. The time of day of the whole program, its functions and the emulator runs fast: {@link RotationLoadTest}.
 */
final class RotationUnderLoad {

    static final int SPEED = 240;

    private static final Path MOTO = Path.of("../.venv/bin/moto_server");
    private static final String SECRET = "latchkey/rotated";
    private static final String AUDIENCE = "https://api.example.com";
    private static final int CLIENTS = 8;
    private static final int TRIES = 20;
    private static final int MOST_SHOWN = 30;
    private static final int LEAST = 100;

    private static final Duration BETWEEN_ROTATIONS = Duration.ofMinutes(140);
    private static final Duration BETWEEN_KEYS = Duration.ofMinutes(8);
    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration KEPT_TOO_LONG = Duration.ofHours(6);
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    /** What is done to functions meanwhile. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** They are killed, again and again. */
        KILLS
    }

    private final int rotations;
    private final long answers;
    private final Fault fault;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Services services;
    private final LocalStack stack;
    private final RotationDoors doors;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Set<String> generations = new LinkedHashSet<>();
    private volatile boolean stopped;

    private RotationUnderLoad(int rotations, long answers, Fault fault) throws IOException, InterruptedException {
        this.rotations = rotations;
        this.answers = answers;
        this.fault = fault;
        this.services = Services.start(MOTO).orElseThrow();
        this.stack = start();
        this.doors = new RotationDoors(
                List.of(
                        URI.create(stack.apiUrl() + "/orders"),
                        URI.create(stack.httpApiUrl().orElseThrow() + "/orders"),
                        URI.create(stack.jwtApiUrl().orElseThrow() + "/orders")),
                CLIENTS);
    }

    /**
     * Runs it.
     *
     * @param arguments how many rotations, how many answers at least, and the fault
     */
    public static void main(String[] arguments) throws Exception {
        RotationUnderLoad run = new RotationUnderLoad(
                Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), Fault.valueOf(arguments[2]));
        List<String> problems = new ArrayList<>();
        try {
            problems.addAll(run.run());
        } catch (Exception e) {
            problems.add(e.toString());
        }
        problems.stream().limit(MOST_SHOWN).forEach(System.out::println);
        if (!problems.isEmpty()) {
            run.log.stream().skip(Math.max(0, run.log.size() - MOST_SHOWN)).forEach(System.out::println);
        }
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    private LocalStack start() throws IOException, InterruptedException {
        secretsManager(
                "CreateSecret",
                Map.of(
                        "Name",
                        SECRET,
                        "SecretString",
                        NewKeyRing.of(Algorithm.RS256).secretText()));
        int port = StackCalls.freePort();
        String issuer = "http://127.0.0.1:" + port;
        Template template = Template.read(
                Path.of("../template.yaml"),
                Map.of(
                        "Algorithm", "RS256",
                        "RotateEvery", "90 days",
                        "ExpiresIn", "5h",
                        "JwtAuthorizer", "on",
                        "Issuer", issuer,
                        "Audience", AUDIENCE));
        Map<String, String> keys = KeySettings.inSecret(SECRET, Algorithm.RS256, services.endpoint())
                .issueKey();
        Map<String, Map<String, String>> variables = new LinkedHashMap<>();
        for (FunctionDefinition function : template.functions()) {
            Map<String, String> own = new LinkedHashMap<>(keys);
            for (String clock : List.of("LD_PRELOAD", "LATCHKEY_CLOCK_FROM", "LATCHKEY_CLOCK_SPEED")) {
                own.put(clock, System.getenv(clock));
            }
            if (function.logicalId().equals("PublishFunction")) {
                own.put("PLUGIN_JWT_STATUS_LIST_BASE", issuer);
            } else {
                own.put("PLUGIN_JWT_KEYS_TABLE", "");
                own.put("PLUGIN_JWT_STATUS_LIST_BASE", "");
            }
            variables.put(function.logicalId(), own);
        }
        return LocalStack.start(
                template,
                StackOptions.defaults().withOpenApiPort(port).withEnvironment(variables),
                null,
                new StackListener() {
                    @Override
                    public void request(RequestRecord record) {
                        if (record.status() >= 500) {
                            note(record.id() + " " + record.status() + " " + record.detail());
                        }
                    }

                    @Override
                    public void line(String function, Stream stream, String line) {
                        if ((line.contains("\"ERROR\"") && !line.contains("Unauthorized"))
                                || line.contains("\"WARN\"")) {
                            note(function + ": " + line);
                        }
                    }
                });
    }

    private void note(String what) {
        log.add(Instant.now() + " " + what);
        if (log.size() > 5000) {
            log.poll();
        }
    }

    private List<String> run() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> broken.add(thread.getName() + ": " + e));
        publishedSet();
        newGeneration(0);
        KeptSets sets = new KeptSets(publishedSet());
        List<Thread> others =
                new ArrayList<>(List.of(new Thread(this::issue, "issue"), new Thread(() -> look(sets), "sets")));
        if (fault == Fault.KILLS) {
            others.add(new Thread(this::kill, "kill"));
        }
        doors.start();
        others.forEach(Thread::start);
        int rotated = 0;
        while (rotated < rotations || doors.answers() < answers) {
            rotate();
            rotated++;
            pause(BETWEEN_ROTATIONS);
            newGeneration(rotated);
        }
        stopped = true;
        doors.stop();
        for (Thread other : others) {
            other.join();
        }
        stack.close();
        services.close();
        return result(rotated, sets);
    }

    /** Calls with a key of what signs now, and with a spoilt one. The first rotation adds a next key, and the second is the first to use it. */
    private void newGeneration(int rotated) throws InterruptedException {
        RotationDoors.Key key = issued();
        doors.add(key);
        doors.add(spoilt(key));
        if (generations.add(key.kid()) == (rotated == 1)) {
            broken.add("after rotation " + rotated + " the key that signs is " + key.kid() + ", of " + generations);
        }
    }

    private List<String> result(int rotated, KeptSets sets) {
        int failures =
                doors.failures().values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                Locale.ROOT,
                "%d answers, %d to expired keys and %d to spoilt ones of them, in %d rotations; %d wrong; %d calls failed,"
                        + " %d of issue-key and of rotations were repeated; %d functions killed%n",
                doors.answers(),
                doors.toExpired(),
                doors.toSpoilt(),
                rotated,
                doors.wrong().size(),
                failures,
                retries.get(),
                kills.get());
        System.out.printf(
                Locale.ROOT,
                "%d looks into sets kept for %s, %d wrong; %d into one kept for %s, %d wrong%n",
                sets.looks,
                KEPT,
                sets.missed.size(),
                sets.looksTooLong,
                KEPT_TOO_LONG,
                sets.missedTooLong);
        List<String> problems = new ArrayList<>(broken);
        problems.addAll(doors.wrong());
        problems.addAll(sets.missed);
        if (sets.missedTooLong == 0) {
            problems.add("a set that is kept for too long was missing nothing: this test would find nothing");
        }
        if (failures > 2 * kills.get() || retries.get() > 2 * kills.get()) {
            problems.add("more calls failed than killed functions explain: " + retries + " and " + doors.failures());
        }
        if (doors.toExpired() < LEAST || doors.toSpoilt() < LEAST || sets.looks < LEAST) {
            problems.add("hardly any key was expired or spoilt, or hardly any set looked into");
        }
        if (!doors.allowedGenerations().containsAll(generations)) {
            problems.add("of " + generations + " only " + doors.allowedGenerations() + " were let in");
        }
        if (fault == Fault.KILLS && kills.get() < rotated) {
            problems.add("hardly any function was killed");
        }
        return problems;
    }

    private URI publishedSet() throws Exception {
        URI set = URI.create(stack.openApiUrl() + "/.well-known/jwks.json");
        HttpResponse<Void> answer =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(set).build(), BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(set + " answers " + answer.statusCode());
        }
        return set;
    }

    /** A new key, asked for until it comes. */
    private RotationDoors.Key issued() throws InterruptedException {
        while (true) {
            JsonNode answer = invoke(
                    "IssueKeyFunction", "{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}");
            String key = answer.path("apikey").asText();
            if (!key.isEmpty()) {
                return new RotationDoors.Key(
                        key, Instant.parse(answer.path("expiresAt").asText()));
            }
            retries.incrementAndGet();
            Thread.sleep(100);
        }
    }

    private static RotationDoors.Key spoilt(RotationDoors.Key key) {
        String text = key.text();
        return new RotationDoors.Key(text.substring(0, text.length() - 8) + "AAAAAAAA", Instant.EPOCH);
    }

    private JsonNode invoke(String function, String event) {
        InvocationResult result =
                process(function).invoke(UUID.randomUUID().toString(), event.getBytes(StandardCharsets.UTF_8));
        return result instanceof InvocationResult.Success success
                ? JsonTree.parse(success.payload().bytes()).orElseThrow()
                : JsonTree.object().put("failed", result.asPayload().text());
    }

    private FunctionProcess process(String function) {
        return stack.function(function).orElseThrow();
    }

    /** What Secrets Manager does of a rotation: each step again where the function fails. */
    private void rotate() throws Exception {
        String version = UUID.randomUUID().toString();
        secretsManager("RotateSecret", Map.of("SecretId", SECRET, "ClientRequestToken", version));
        for (String step : STEPS) {
            String event = JsonTree.object()
                    .put("Step", step)
                    .put("SecretId", SECRET)
                    .put("ClientRequestToken", version)
                    .toString();
            String failure = "";
            for (int tries = 0; tries < TRIES; tries++) {
                Thread killer = new Thread(this::killWhileItRotates);
                killer.start();
                failure = invoke("RotateKeysFunction", event).path("failed").asText();
                killer.join();
                if (failure.isEmpty()) {
                    break;
                }
                retries.incrementAndGet();
                note(step + ": " + failure);
            }
            if (!failure.isEmpty()) {
                throw new IllegalStateException(step + " failed " + TRIES + " times: " + failure);
            }
            Thread.sleep(random.nextInt(500));
        }
        note("rotated");
    }

    /** Without a limit of time, which the HTTP client of older JDKs would reckon by the fast clock. */
    private void secretsManager(String operation, Map<String, String> members)
            throws IOException, InterruptedException {
        var body = JsonTree.object();
        members.forEach(body::put);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(services.endpoint())
                                .header("Content-Type", "application/x-amz-json-1.1")
                                .header("X-Amz-Target", "secretsmanager." + operation)
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/secretsmanager"
                                                + "/aws4_request, SignedHeaders=host, Signature=0")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonTree.bytes(body)))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(operation + ": " + answer.body());
        }
    }

    private void issue() {
        try {
            while (!stopped) {
                doors.add(issued());
                pause(BETWEEN_KEYS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(KeptSets sets) {
        try {
            while (!stopped) {
                sets.look(doors.good());
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        SplittableRandom any = new SplittableRandom(7);
        List<String> names = stack.functionNames();
        try {
            while (!stopped) {
                Thread.sleep(2000 + any.nextInt(4000));
                kill(names.get(any.nextInt(names.size())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void killWhileItRotates() {
        if (fault == Fault.KILLS && random.nextBoolean()) {
            try {
                Thread.sleep(random.nextInt(1500));
                kill("RotateKeysFunction");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void kill(String function) {
        process(function).pid().flatMap(ProcessHandle::of).ifPresent(handle -> {
            handle.destroyForcibly();
            kills.incrementAndGet();
            note("killed " + function);
        });
    }

    /** A time by the fast clock. */
    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(Math.max(0, time.dividedBy(SPEED).toMillis()));
    }

    /** Those who keep the published set: fetched at every quarter of an hour by one of them, and one who keeps it too long. */
    private static final class KeptSets {

        private final List<KeptSet> sets = new ArrayList<>();
        private final KeptSet tooLong;
        private final Queue<String> missed = new ConcurrentLinkedQueue<>();
        private long looks;
        private long looksTooLong;
        private long missedTooLong;

        KeptSets(URI address) {
            Instant now = Instant.now();
            for (int quarter = 0; quarter < 8; quarter++) {
                sets.add(new KeptSet(address, KEPT, now.plus(Duration.ofMinutes(15L * quarter))));
            }
            tooLong = new KeptSet(address, KEPT_TOO_LONG, now);
        }

        /** Keys are those that were good before the sets are refreshed, as whoever checks one has it before. */
        void look(List<RotationDoors.Key> keys) throws InterruptedException {
            for (KeptSet set : sets) {
                set.refresh();
                if (set.isReady()) {
                    for (RotationDoors.Key key : keys) {
                        looks++;
                        if (!set.verifies(key.text())) {
                            missed.add(Instant.now() + " a kept set misses a key of " + key.expiresAt());
                        }
                    }
                }
            }
            tooLong.refresh();
            for (RotationDoors.Key key : keys) {
                looksTooLong++;
                missedTooLong += tooLong.verifies(key.text()) ? 0 : 1;
            }
        }
    }
}
