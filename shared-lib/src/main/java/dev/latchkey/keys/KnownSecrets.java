package dev.latchkey.keys;

import java.util.HexFormat;
import java.util.Set;

/**
 * Secrets that everybody knows: those with which jwt.io signs its examples, and those of documentation and of tutorials that
 * are long enough for HS256, as their text and as the bytes that it spells, or long enough to verify keys of old ({@link WeakKey}). Kept as SHA-256 hashes, so that a search for a
 * secret that leaked does not find this file.
 */
final class KnownSecrets {

    private static final Set<String> HASHES = Set.of(
            "095385f18d217f7724259f7570eb1caa304ee7d644e05384618d817e6ebf6db6",
            "136cb1c5a79bc9d943efda382fde1bfa26e0e140ff444657cf7fb056e2977b1c",
            "1453cea2dc3799e9026e42b3e465e455256d5a149582e4c5b92d4c8d604731a2",
            "2125b2c332b1113aae9bfc5e9f7e3b4c91d828cb942c2df1eeb02502eccae9e9",
            "29c1c075ba2ac0a3f16f4ca9486343758ad6e5af52c72fca11943317e3c51c71",
            "2b1fa627178e3424e20ffd0e18b7440c322ad538d3c96aef1e3f60d99951c23c",
            "3354cfcf65c7b2e6840ea6f880aede239750cb1d063950c4e8fd9fbf9ec73a32",
            "34a0c17b588916aeb2a3e122f3b96fd3c8bc639c5618a9a157cff60829fbacc8",
            "34d7a258a0bdee4a7a18bb4f8fba999102ca51ca0373f71fc4533209d6d96ba2",
            "380829328eaac956e67742143ab4045d240af0d1c17ea658936336d0a53af8bd",
            "3fc385cecae0693e0482dc9698d4d66896e7090a5bcdbe00ce63e89abbfc80ff",
            "465d9ad5d5528ebe287b5dce4fb51620833d09b290e49ddcc70ca6c4a0aea01b",
            "4c0bf08221f3d71e4ed7b093b627cc8d4cb32250d5d70abdffa457a3afbc04f2",
            "4d0f8dec4515d07a611c502f22adb95c854d943d6122fb8f96c9503b42356bac",
            "5286fa8afea2cf0e8e36c104351e06a04a4a568bc192eee2b51a84c6d7e85b06",
            "55a2aa619c852bbc2a756b83696b60ab1b91ab7163f3e0d8463da815fb93a268",
            "570dad43de1af4c925f92c16a68a50936da42b7dd6fdeb24850507a1199aac89",
            "57f8f923ca9bf25bfe975091f1a32d55afc8990b5890b14c1ea31c28b0b9f52a",
            "5eef83fe7cb71e2da053f846a07ecf933f49b66ef755ef8627be5e2fe94d7e84",
            "60c3a9e583c804faa00cb88cc2f4c6832ab111348ad430199ad05581eaddbb25",
            "68b9f3fb47212d934194cdc4c285b3bcc559d0346267ec58d8a0fe7e015a29fb",
            "6ed645ef0e1abea1bf1e4e935ff04f9e18d39812387f63cda3415b46240f0405",
            "71c480df93d6ae2f1efad1447c66c9525e316218cf51fc8d9ed832f2daf18b73",
            "730d21a80e61a8de82d12cb4c0b8057cff5a30e2dec50ce7a773513374f9164a",
            "7a51d064a1a216a692f753fcdab276e4ff201a01d8b66f56d50d4d719fd0dc87",
            "7f5aa1e2e4cce1e41cf9b93db36f87c82a790cedb958bcd7f711c305d21e8db2",
            "8ae0dedea695960df2668f653d56c6822f4514940b688f09ee8d4e61f266a1e7",
            "8e9916c5340c43fa003fe2dd54cd4e3027affbfc0d631e4cd858f64ec09fa9ed",
            "94d2f2cff66c99ed705b092d60689b8c70217f5ad68cd2138a81f2453484ff13",
            "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f",
            "a064b502e61d27e94b8717290e5e1b32e36720e9fbdf952ec81a84c07128cb37",
            "a14375c9465dcb21e215d11090bf6e7ea8b44eb062f7a34ec4086952b552f9dd",
            "a4e05cefa49cffe2bb25e5e0793625c1199cb4ed83ff1b155bd6591eb043e9f1",
            "ae23db34de6017f5ae0be12954dacfe7cd4d21f94b5a72aa28d7e5ce8160b0db",
            "b3f6f5d4f9cee4e99fe5db63234b775a205edc23efbbff87acc308626b5fd24a",
            "b7fc4838f5a36c8d1940b56fe2df734293434da17cca35a4e3f82d66ead6aa0d",
            "baf698c16450117dbe6aee29419e1553d1c39cce63a080adfedd229a1d9c9391",
            "bf0b62edab9c25ed15d8ad7487c3e0a987c279f477c98cc00863147ecb4d9d71",
            "c91286e1aa92ccbb754e16b0167dba9bfa8311a5fa3d52d43e562938096680d4",
            "d6cd79bb66e6a2af82af77572428c34db0660a30ce2c376e1681377000a806d0",
            "d9065849363d52755c4fc707ec477d825e7c4747f19142716f8ff0ca02a2c664",
            "da1eb416ce10e01039167f89fd8a63142dd7f3e3cffc3ea180eb84d0fa3f407e",
            "db6833593279d7373592ef70e51f3daf048c04475739f8ed024b0821fd9e7fde",
            "dfd7dc439654f313f3bb7734b467e71d701b6982cd4cb31cf7d555e723c223e9",
            "e0c2f4e37886a9cb8055475e487ce18549157c0b21688a53efd64312a1a881a3",
            "edc64c6523778961fe9ba03ab7d624b27ca1dd5b01e7734cc6c891d50db04269",
            "f39dac6cbaba535e2c207cd0cd8f154974223c848f727f98b3564cea569b41cf",
            "f5dcec9289c446e7099d483f2ed447c990b3868a2fab4ff4a39436c63589c70e",
            "f7d838701b86c5dfb57bf95fbc5ce6df204cfc9f15ad6cdb39fd22f8776e47b6",
            "fe99c68503f8c2ded8c4918ba75979e0ff35f883b8076d61c72a1217da975056");

    private KnownSecrets() {}

    static boolean contains(byte[] secret) {
        return HASHES.contains(HexFormat.of().formatHex(Sha256.of(secret)));
    }
}
