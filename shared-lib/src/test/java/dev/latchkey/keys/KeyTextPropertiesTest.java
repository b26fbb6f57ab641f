package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.Mutations;
import dev.latchkey.testing.TestKeys;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for all texts that may hold keys: a key ring or one kind of exception, whose message shows no secret. */
class KeyTextPropertiesTest {

    private static final List<String> GOOD = List.of(
            Fixture.read("keys/ec-private.pem"),
            Fixture.read("keys/ec-public.pem"),
            Fixture.read("keys/ec-sec1-private.pem"),
            Fixture.read("keys/ed25519-public.pem"),
            Fixture.read("keys/rsa-certificate.pem"),
            Fixture.read("keys/rsa-encrypted-private.pem"),
            Fixture.read("keys/rsa-pkcs1-private.pem"),
            Fixture.read("keys/rsa-pkcs1-public.pem"),
            "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"a\",\"alg\":\"HS256\",\"use\":\"sig\"}",
            "{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"a\",\"status\":\"active\"},{"
                    + TestKeys.jwkMembers(TestKeys.rsa("other")) + ",\"kid\":\"b\",\"status\":\"next\"}]}",
            "{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"kid\":\"a\",\"key_ops\":[\"sign\"]}");

    @Property(seed = "1")
    void anyTextIsAKeyRingOrAnException(@ForAll String text) {
        readsOrRefuses(text);
    }

    @Property(seed = "2", tries = 2000)
    void aChangedKeyIsAKeyRingOrAnException(@ForAll long seed) {
        Mutations mutations = Mutations.of(seed);
        readsOrRefuses(mutations.change(mutations.pick(GOOD)));
    }

    private static void readsOrRefuses(String text) {
        try {
            KeyRing ring = KeyRing.read(text);
            assertThat(ring.toString()).isNotEmpty();
            assertThat(ring.keySet(List.of(), null).keys()).isNotEmpty();
        } catch (InvalidKeyMaterialException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
