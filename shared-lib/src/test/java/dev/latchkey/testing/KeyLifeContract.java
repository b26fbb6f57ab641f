package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.SignedDocument;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.IssuedKey;
import dev.latchkey.provisioning.JwtProvisioningPlugin;
import dev.latchkey.provisioning.KeyDescription;
import dev.latchkey.provisioning.KeyPage;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyRecord.Details;
import dev.latchkey.provisioning.KeyRoll;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.status.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for keys whose records are kept, whatever table keeps them. */
public abstract class KeyLifeContract {

    private static final KeySet KEYS = KeyRing.read(TestKeys.SECRET).keySet(List.of(), null);
    private static final int AT_ONCE = 50;

    protected final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private ProvisioningPlugin plugin = new JwtProvisioningPlugin();

    /** A new table. */
    protected abstract KeyTable table();

    @BeforeEach
    void configure() {
        KeyTable table = table();
        plugin = KeepingPlugin.over(table, clock, Map.of());
    }

    /** Issues a key into a table and shows it. */
    protected static void issueInto(KeyTable table, Clock clock, Map<String, String> settings, Consumer<String> shown) {
        ApiKey key = KeepingPlugin.over(table, clock, settings)
                .createApiKey(wanted("cus_1", null, null))
                .key();
        guarded(key);
        shown.accept(key.value());
    }

    private static NewKey wanted(String customerId, @Nullable String name, @Nullable String idempotencyKey) {
        return new NewKey(
                customerId,
                "a@b.co",
                idempotencyKey,
                new Details(name, name == null ? Map.of() : Map.of("team", name)),
                List.of(),
                null,
                null,
                "arn:aws:iam::123456789012:role/portal");
    }

    private IssuedKey create(String customerId) {
        return create(wanted(customerId, null, null));
    }

    private IssuedKey create(NewKey wanted) {
        IssuedKey issued = plugin.createApiKey(wanted);
        guarded(issued.key());
        return issued;
    }

    private static void guarded(ApiKey key) {
        LeakGuard.secret(key.value().substring(key.value().lastIndexOf('.') + 1));
    }

    private static String id(IssuedKey issued) {
        return issued.key().keyId();
    }

    private static void assertRefused(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    private Status status(String customerId, String keyId) {
        return plugin.getApiKey(customerId, keyId).status();
    }

    private KeyRoll roll(IssuedKey old, Duration grace, @Nullable String idempotencyKey) {
        return new KeyRoll("cus_1", id(old), grace, idempotencyKey, "invoke");
    }

    @Test
    @DisplayName("a new key has a record that says what the key says, and not the key")
    void record() {
        IssuedKey issued = create(new NewKey(
                "cus_1",
                "a@b.co",
                null,
                new Details("ci", Map.of("team", "orders")),
                List.of("orders:read", "orders:write"),
                "gold",
                Duration.ofDays(60),
                "arn:aws:iam::123456789012:role/portal"));

        KeyRecord record = plugin.getApiKey("cus_1", id(issued));

        assertThat(record).isEqualTo(issued.record());
        assertThat(record.createdAt()).isEqualTo(TestTokens.NOW);
        assertThat(record.expiresAt()).isEqualTo(TestTokens.NOW.plus(Duration.ofDays(60)));
        assertThat(record.details()).isEqualTo(new Details("ci", Map.of("team", "orders")));
        assertThat(record.createdBy()).isEqualTo("arn:aws:iam::123456789012:role/portal");
        String claims = Parts.of(issued.key().value()).payloadText();
        assertThat(claims)
                .contains(
                        "\"scope\":\"orders:read orders:write\",\"plan\":\"gold\",\"status\":{\"status_list\":{\"idx\":"
                                + record.index() + ",\"uri\":\"https://keys.example/statuslists/" + record.list()
                                + "\"}}");
        assertThat(SignedDocument.open(issued.key().value(), KEYS, "jwt", 8192))
                .isInstanceOf(SignedDocument.Opened.class);
    }

    @Test
    @DisplayName("ids sort by time, so that a list has the newest first, page by page")
    void listed() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(0, id(create("cus_1")));
            clock.turn(Duration.ofMillis(1));
        }
        create("cus_2");

        List<String> found = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            KeyPage page = plugin.listApiKeys("cus_1", 3, cursor);
            page.keys().forEach(record -> found.add(record.keyId()));
            cursor = page.cursor();
            pages++;
        } while (cursor != null);

        assertThat(found).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
        assertThat(plugin.listApiKeys("cus_3", 3, null).keys()).isEmpty();
    }

    @Test
    @DisplayName("O2: a cursor of another customer, or one that was changed, is refused")
    void cursors() {
        create("cus_1");
        clock.turn(Duration.ofMillis(1));
        create("cus_1");
        String cursor =
                Objects.requireNonNull(plugin.listApiKeys("cus_1", 1, null).cursor());

        assertRefused(Kind.INVALID, () -> plugin.listApiKeys("cus_2", 1, cursor));
        assertRefused(Kind.INVALID, () -> plugin.listApiKeys("cus_1", 1, cursor.substring(1)));
        assertRefused(Kind.INVALID, () -> plugin.listApiKeys("cus_1", 1, "x"));
        assertRefused(Kind.INVALID, () -> plugin.listApiKeys("cus_1", 1, ""));
        assertRefused(Kind.INVALID, () -> plugin.listApiKeys("cus_1", 1, "%%%"));
    }

    @Test
    @DisplayName("O1: another customer's key is not found, whatever is asked of it")
    void anotherCustomers() {
        String keyId = id(create("cus_1"));

        assertRefused(Kind.NOT_FOUND, () -> plugin.getApiKey("cus_2", keyId));
        assertRefused(Kind.NOT_FOUND, () -> plugin.updateApiKey(new KeyDescription("cus_2", keyId, "mine", Map.of())));
        assertRefused(Kind.NOT_FOUND, () -> plugin.updateApiKey(new KeyDescription("cus_2", keyId, null, null)));
        assertRefused(Kind.NOT_FOUND, () -> plugin.suspendApiKey("cus_2", keyId));
        assertRefused(Kind.NOT_FOUND, () -> plugin.resumeApiKey("cus_2", keyId));
        assertRefused(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_2", keyId));
        assertRefused(
                Kind.NOT_FOUND, () -> plugin.rollApiKey(new KeyRoll("cus_2", keyId, Duration.ZERO, null, "invoke")));
        assertThat(status("cus_1", keyId)).isEqualTo(Status.VALID);
    }

    @Test
    @DisplayName("name and metadata can be changed, and taken away")
    void described() {
        String keyId = id(create(wanted("cus_1", "old", null)));
        Details details = new Details("new", Map.of("a", "b"));

        assertThat(described(keyId, "new", details.metadata())).isEqualTo(details);
        assertThat(plugin.getApiKey("cus_1", keyId).details()).isEqualTo(details);
        described(keyId, "", Map.of());
        assertThat(plugin.getApiKey("cus_1", keyId).details()).isEqualTo(Details.none());
    }

    @Test
    @DisplayName("of name and metadata only what is named is written, so that no update restores what another has set")
    void describedInPart() {
        String keyId = id(create(wanted("cus_1", "old", null)));

        assertThat(described(keyId, "new", null)).isEqualTo(new Details("new", Map.of("team", "old")));
        assertThat(described(keyId, null, Map.of("a", "b"))).isEqualTo(new Details("new", Map.of("a", "b")));
        assertThat(described(keyId, null, null)).isEqualTo(new Details("new", Map.of("a", "b")));
        assertThat(described(keyId, "", null)).isEqualTo(new Details(null, Map.of("a", "b")));
        assertThat(plugin.getApiKey("cus_1", keyId).details()).isEqualTo(new Details(null, Map.of("a", "b")));
    }

    private Details described(String keyId, @Nullable String name, @Nullable Map<String, String> metadata) {
        return plugin.updateApiKey(new KeyDescription("cus_1", keyId, name, metadata))
                .details();
    }

    @Test
    @Tag("long")
    @DisplayName("a page of the largest records is whole")
    void largeRecords() {
        Map<String, String> much = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            much.put("name" + i, "\u20ac".repeat(256));
        }
        for (int i = 0; i < 80; i++) {
            create(new NewKey("cus_1", "a@b.co", null, new Details("large", much), List.of(), null, null, "invoke"));
        }

        KeyPage page = plugin.listApiKeys("cus_1", 79, null);

        assertThat(page.keys()).hasSize(79);
        assertThat(plugin.listApiKeys("cus_1", 79, page.cursor()).keys()).hasSize(1);
    }

    @Test
    @DisplayName("O4: a key rests, works again and ends for good; to repeat it changes nothing")
    void statuses() {
        String keyId = id(create("cus_1"));

        for (int i = 0; i < 2; i++) {
            assertThat(plugin.suspendApiKey("cus_1", keyId).status()).isEqualTo(Status.SUSPENDED);
            assertThat(status("cus_1", keyId)).isEqualTo(Status.SUSPENDED);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(plugin.resumeApiKey("cus_1", keyId).status()).isEqualTo(Status.VALID);
            assertThat(status("cus_1", keyId)).isEqualTo(Status.VALID);
        }
        Instant end = clock.instant();
        for (int i = 0; i < 2; i++) {
            KeyRecord revoked = plugin.revokeApiKey("cus_1", keyId);
            assertThat(revoked.status()).isEqualTo(Status.REVOKED);
            assertThat(revoked.succession().endsAt()).isEqualTo(end);
            assertThat(plugin.getApiKey("cus_1", keyId).succession().endsAt()).isEqualTo(end);
            assertThat(status("cus_1", keyId)).isEqualTo(Status.REVOKED);
            clock.turn(Duration.ofSeconds(1));
        }
        assertRefused(Kind.CONFLICT, () -> plugin.resumeApiKey("cus_1", keyId));
        assertRefused(Kind.CONFLICT, () -> plugin.suspendApiKey("cus_1", keyId));
        assertThat(status("cus_1", keyId)).isEqualTo(Status.REVOKED);
    }

    @Test
    @DisplayName("O6: whoever holds a key can end it; what is none of ours is refused")
    void byText() {
        IssuedKey issued = create("cus_1");
        String forged = TestTokens.good("HS256")
                .claim("jti", id(issued))
                .claim("org_id", "cus_1")
                .hs256(TestKeys.OTHER_SECRET);

        assertRefused(Kind.INVALID, () -> plugin.revokeApiKey(forged));
        assertRefused(Kind.INVALID, () -> plugin.revokeApiKey("x"));
        assertRefused(
                Kind.CONFLICT,
                () -> plugin.revokeApiKey(TestTokens.good("HS256").hs256(TestKeys.SECRET)));
        assertThat(status("cus_1", id(issued))).isEqualTo(Status.VALID);

        clock.turn(Duration.ofDays(31));
        assertThat(plugin.revokeApiKey(issued.key().value()).status()).isEqualTo(Status.REVOKED);
        assertThat(status("cus_1", id(issued))).isEqualTo(Status.REVOKED);
    }

    @Test
    @DisplayName("O5: a rolled key ends after its grace, and its successor has the same settings and a whole lifetime")
    void rolled() {
        IssuedKey old = create(wanted("cus_1", "ci", null));
        clock.turn(Duration.ofDays(3));

        IssuedKey next = plugin.rollApiKey(roll(old, Duration.ofHours(1), null));
        guarded(next.key());

        KeyRecord record = plugin.getApiKey("cus_1", id(next));
        assertThat(record.details().name()).isEqualTo("ci");
        assertThat(record.succession().from()).isEqualTo(id(old));
        assertThat(record.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(plugin.getApiKey("cus_1", id(old)).succession().into()).isEqualTo(id(next));
        clock.turn(Duration.ofHours(1).minusSeconds(1));
        assertThat(status("cus_1", id(old))).isEqualTo(Status.VALID);
        clock.turn(Duration.ofSeconds(1));
        assertThat(status("cus_1", id(old))).isEqualTo(Status.REVOKED);
        assertThat(status("cus_1", id(next))).isEqualTo(Status.VALID);
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(old, Duration.ZERO, null)));
    }

    @Test
    @DisplayName("O13: a key that takes another's place has no more than new keys may have by now")
    void rolledWithinLimits() {
        KeyTable table = table();
        plugin = KeepingPlugin.over(table, clock, Map.of());
        IssuedKey plain = create("cus_1");
        IssuedKey scoped = create(
                new NewKey("cus_1", "a@b.co", null, Details.none(), List.of("orders:write"), null, null, "invoke"));
        plugin = KeepingPlugin.over(
                table,
                clock,
                Map.of(
                        "PLUGIN_JWT_EXPIRES_IN",
                        "1d",
                        "PLUGIN_JWT_MAX_EXPIRES_IN",
                        "1d",
                        "PLUGIN_JWT_ALLOWED_SCOPES",
                        ""));

        IssuedKey next = plugin.rollApiKey(roll(plain, Duration.ZERO, null));
        guarded(next.key());
        assertThat(next.key().expiresAt()).hasValue(clock.instant().plus(Duration.ofDays(1)));
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(scoped, Duration.ZERO, null)));
    }

    @Test
    @DisplayName("O5: neither a suspended, nor a revoked, nor an expired, nor a cut-off key can be rolled")
    void notRolled() {
        IssuedKey suspended = create("cus_1");
        plugin.suspendApiKey("cus_1", id(suspended));
        IssuedKey revoked = create("cus_1");
        plugin.revokeApiKey("cus_1", id(revoked));
        IssuedKey good = create("cus_1");

        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(suspended, Duration.ZERO, null)));
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(revoked, Duration.ZERO, null)));
        plugin.revokeCustomer("cus_1");
        clock.turn(Duration.ofSeconds(1));
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(good, Duration.ZERO, null)));
        IssuedKey young = create("cus_1");
        clock.turn(Duration.ofDays(30));
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(young, Duration.ZERO, null)));
    }

    @Test
    @DisplayName("a rolled key can be ended before its grace is over, and not be suspended")
    void rolledAndRevoked() {
        IssuedKey old = create("cus_1");
        guarded(plugin.rollApiKey(roll(old, Duration.ofDays(7), null)).key());

        assertRefused(Kind.CONFLICT, () -> plugin.suspendApiKey("cus_1", id(old)));
        assertRefused(Kind.CONFLICT, () -> plugin.resumeApiKey("cus_1", id(old)));
        assertThat(plugin.revokeApiKey("cus_1", id(old)).succession().endsAt()).isEqualTo(clock.instant());
        assertThat(status("cus_1", id(old))).isEqualTo(Status.REVOKED);

        IssuedKey over = create("cus_1");
        guarded(plugin.rollApiKey(roll(over, Duration.ZERO, null)).key());
        Instant end = clock.instant();
        clock.turn(Duration.ofSeconds(5));
        assertThat(plugin.revokeApiKey("cus_1", id(over)).succession().endsAt()).isEqualTo(end);
    }

    @Test
    @DisplayName("the same request gives the same key, for a new key and for a roll; another one is a conflict")
    void idempotent() {
        IssuedKey first = create(wanted("cus_1", "ci", "once"));
        IssuedKey second = create(wanted("cus_1", "ci", "once"));
        assertThat(second).isEqualTo(first);
        assertRefused(Kind.CONFLICT, () -> create(wanted("cus_1", "other", "once")));

        IssuedKey rolled = plugin.rollApiKey(roll(first, Duration.ZERO, "twice"));
        guarded(rolled.key());
        assertThat(plugin.rollApiKey(roll(first, Duration.ZERO, "twice")).key()).isEqualTo(rolled.key());
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(first, Duration.ofHours(1), "twice")));
        assertThat(plugin.listApiKeys("cus_1", 100, null).keys()).hasSize(2);
    }

    @Test
    @DisplayName("the same request gives the same key also when new keys may have less by now, and counts no place")
    void idempotentWithinTighterLimits() {
        KeyTable table = table();
        Map<String, String> tighter = Map.of(
                "PLUGIN_JWT_EXPIRES_IN", "1d", "PLUGIN_JWT_MAX_EXPIRES_IN", "1d", "PLUGIN_JWT_ALLOWED_SCOPES", "");
        NewKey wanted = new NewKey(
                "cus_1", "a@b.co", "once", Details.none(), List.of("orders:read"), null, Duration.ofDays(60), "invoke");
        plugin = KeepingPlugin.over(table, clock, Map.of());
        IssuedKey first = create(wanted);
        IssuedKey rolled = plugin.rollApiKey(roll(first, Duration.ofHours(1), "twice"));
        guarded(rolled.key());

        plugin = KeepingPlugin.over(new Uncounted(table), clock, tighter);

        assertThat(create(wanted).key()).isEqualTo(first.key());
        IssuedKey again = plugin.rollApiKey(roll(first, Duration.ofHours(1), "twice"));
        assertThat(again).isEqualTo(rolled);
        assertThat(again.previousEndsAt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("the same request for a key that was ended meanwhile says so")
    void idempotentButEnded() {
        IssuedKey first = create(wanted("cus_1", null, "once"));
        plugin.revokeApiKey("cus_1", id(first));
        IssuedKey second = create(wanted("cus_2", null, "once"));
        clock.turn(Duration.ofSeconds(1));
        plugin.revokeCustomer("cus_2");

        assertThat(Objects.requireNonNull(create(wanted("cus_1", null, "once")).record())
                        .status())
                .isEqualTo(Status.REVOKED);
        IssuedKey again = create(wanted("cus_2", null, "once"));
        assertThat(again.key()).isEqualTo(second.key());
        assertThat(Objects.requireNonNull(again.record()).status()).isEqualTo(Status.REVOKED);
        assertThat(Objects.requireNonNull(again.record()).succession().endsAt()).isEqualTo(clock.instant());
    }

    @Test
    @DisplayName("all keys of a customer end at once, and a key of the next second works")
    void customer() {
        IssuedKey first = create("cus_1");
        IssuedKey others = create("cus_2");
        clock.turn(Duration.ofSeconds(5));

        Instant until = plugin.revokeCustomer("cus_1");

        assertThat(until).isEqualTo(clock.instant());
        assertThat(status("cus_1", id(first))).isEqualTo(Status.REVOKED);
        KeyRecord listed = plugin.listApiKeys("cus_1", 10, null).keys().get(0);
        assertThat(listed.status()).isEqualTo(Status.REVOKED);
        assertThat(listed.succession().endsAt()).isEqualTo(until);
        assertThat(plugin.getApiKey("cus_1", id(first)).succession().endsAt()).isEqualTo(until);
        assertThat(status("cus_2", id(others))).isEqualTo(Status.VALID);
        assertRefused(Kind.CONFLICT, () -> create("cus_1"));
        clock.turn(Duration.ofSeconds(1));
        assertThat(status("cus_1", id(create("cus_1")))).isEqualTo(Status.VALID);
    }

    @Test
    @DisplayName("O9: what the operator does not allow is refused, and what is allowed is told")
    void limits() {
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> plugin.createApiKey(asking(List.of("admin"), null, null)))
                .withMessage("scopes asks for what is not allowed. Allowed: orders:read, orders:write");
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> plugin.createApiKey(asking(List.of(), "platinum", null)))
                .withMessage("plan asks for what is not allowed. Allowed: gold");
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> plugin.createApiKey(
                        asking(List.of(), null, Duration.ofDays(60).plusSeconds(1))))
                .withMessage("expiresIn is at most 60 days (5184000 seconds), got 5184001 seconds");
        assertThat(plugin.listApiKeys("cus_1", 10, null).keys()).isEmpty();
        create(asking(List.of("orders:read"), "gold", Duration.ofDays(60)));
    }

    @Test
    @DisplayName("O15: a customer has no more keys than one may have; those that have ended do not count")
    void tooMany() {
        plugin = KeepingPlugin.over(table(), clock, Map.of("PLUGIN_JWT_MAX_KEYS_PER_CUSTOMER", "2"));
        IssuedKey first = create(wanted("cus_1", null, "once"));
        IssuedKey second = create("cus_1");

        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> plugin.createApiKey(wanted("cus_1", null, null)))
                .withMessage("this customer has 2 keys, and no more are allowed (PLUGIN_JWT_MAX_KEYS_PER_CUSTOMER)."
                        + " Revoke one, or roll one with grace 0");
        assertRefused(Kind.CONFLICT, () -> plugin.rollApiKey(roll(first, Duration.ofHours(1), null)));
        assertThat(create(wanted("cus_1", null, "once"))).isEqualTo(first);
        create("cus_2");
        guarded(plugin.rollApiKey(roll(first, Duration.ZERO, null)).key());

        plugin.suspendApiKey("cus_1", id(second));
        assertRefused(Kind.CONFLICT, () -> plugin.createApiKey(wanted("cus_1", null, null)));
        plugin.revokeApiKey("cus_1", id(second));
        create("cus_1");
        assertRefused(Kind.CONFLICT, () -> plugin.createApiKey(wanted("cus_1", null, null)));
        plugin.revokeCustomer("cus_1");
        clock.turn(Duration.ofSeconds(1));
        create("cus_1");
        create("cus_1");
        assertRefused(Kind.CONFLICT, () -> plugin.createApiKey(wanted("cus_1", null, null)));
        clock.turn(Duration.ofDays(30));
        create("cus_1");
    }

    private static NewKey asking(List<String> scopes, @Nullable String plan, @Nullable Duration expiresIn) {
        return new NewKey("cus_1", "a@b.co", null, Details.none(), scopes, plan, expiresIn, "invoke");
    }

    @Test
    @DisplayName("O8: of many at once each key has a place of its own, one request one key, and no revocation is lost")
    void parallel() throws Exception {
        List<IssuedKey> created = atOnce(number -> plugin.createApiKey(wanted("cus_1", null, null)));
        assertThat(new HashSet<>(created.stream()
                        .map(issued -> Objects.requireNonNull(issued.record()))
                        .map(record -> record.list() + "/" + record.index())
                        .toList()))
                .hasSize(AT_ONCE);

        List<IssuedKey> same = atOnce(number -> plugin.createApiKey(wanted("cus_2", null, "once")));
        assertThat(new HashSet<>(same)).hasSize(1);
        assertThat(plugin.listApiKeys("cus_2", 100, null).keys()).hasSize(1);

        IssuedKey target = created.get(0);
        List<Status> ends = atOnce(number -> {
            try {
                return (number % 3 == 0
                                ? plugin.suspendApiKey("cus_1", id(target))
                                : number % 3 == 1
                                        ? plugin.resumeApiKey("cus_1", id(target))
                                        : plugin.revokeApiKey("cus_1", id(target)))
                        .status();
            } catch (ProvisioningException conflict) {
                assertThat(conflict.kind()).isEqualTo(Kind.CONFLICT);
                return Status.REVOKED;
            }
        });
        assertThat(ends).contains(Status.REVOKED);
        assertThat(status("cus_1", id(target))).isEqualTo(Status.REVOKED);
    }

    @Test
    @DisplayName("O8: of many rolls of one key at once one makes a key")
    void parallelRolls() throws Exception {
        IssuedKey old = create("cus_1");

        List<Boolean> rolled = atOnce(number -> {
            try {
                guarded(plugin.rollApiKey(roll(old, Duration.ZERO, null)).key());
                return true;
            } catch (ProvisioningException conflict) {
                assertThat(conflict.kind()).isEqualTo(Kind.CONFLICT);
                return false;
            }
        });

        assertThat(Collections.frequency(rolled, true)).isEqualTo(1);
        assertThat(plugin.listApiKeys("cus_1", 100, null).keys()).hasSize(2);
    }

    /** What is done for each number. */
    @FunctionalInterface
    private interface Work<T> {
        T of(int number);
    }

    private static <T> List<T> atOnce(Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<T>> started = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                started.add(pool.submit(() -> work.of(number)));
            }
            List<T> done = new ArrayList<>();
            for (Future<T> one : started) {
                done.add(one.get());
            }
            return done;
        } finally {
            pool.shutdownNow();
        }
    }
}
