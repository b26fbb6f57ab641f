package dev.latchkey.keys;

import java.util.HexFormat;
import java.util.Set;

/**
 * Secrets that everybody knows: those with which jwt.io signs its examples, and those of documentation and of tutorials that
 * are long enough for HS256, as their text and as the bytes that it spells. Kept as SHA-256 hashes, so that a search for a
 * secret that leaked does not find this file.
 */
final class KnownSecrets {

    private static final Set<String> HASHES = Set.of(
            "136cb1c5a79bc9d943efda382fde1bfa26e0e140ff444657cf7fb056e2977b1c",
            "1453cea2dc3799e9026e42b3e465e455256d5a149582e4c5b92d4c8d604731a2",
            "2b1fa627178e3424e20ffd0e18b7440c322ad538d3c96aef1e3f60d99951c23c",
            "3354cfcf65c7b2e6840ea6f880aede239750cb1d063950c4e8fd9fbf9ec73a32",
            "465d9ad5d5528ebe287b5dce4fb51620833d09b290e49ddcc70ca6c4a0aea01b",
            "4c0bf08221f3d71e4ed7b093b627cc8d4cb32250d5d70abdffa457a3afbc04f2",
            "4d0f8dec4515d07a611c502f22adb95c854d943d6122fb8f96c9503b42356bac",
            "570dad43de1af4c925f92c16a68a50936da42b7dd6fdeb24850507a1199aac89",
            "730d21a80e61a8de82d12cb4c0b8057cff5a30e2dec50ce7a773513374f9164a",
            "94d2f2cff66c99ed705b092d60689b8c70217f5ad68cd2138a81f2453484ff13",
            "a064b502e61d27e94b8717290e5e1b32e36720e9fbdf952ec81a84c07128cb37",
            "b3f6f5d4f9cee4e99fe5db63234b775a205edc23efbbff87acc308626b5fd24a",
            "bf0b62edab9c25ed15d8ad7487c3e0a987c279f477c98cc00863147ecb4d9d71",
            "d6cd79bb66e6a2af82af77572428c34db0660a30ce2c376e1681377000a806d0",
            "da1eb416ce10e01039167f89fd8a63142dd7f3e3cffc3ea180eb84d0fa3f407e",
            "db6833593279d7373592ef70e51f3daf048c04475739f8ed024b0821fd9e7fde");

    private KnownSecrets() {}

    static boolean contains(byte[] secret) {
        return HASHES.contains(HexFormat.of().formatHex(Sha256.of(secret)));
    }
}
