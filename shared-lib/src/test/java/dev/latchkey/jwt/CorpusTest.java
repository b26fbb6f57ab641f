package dev.latchkey.jwt;

import dev.latchkey.json.JsonFuzzTarget;
import dev.latchkey.keys.KeysFuzzTarget;
import dev.latchkey.testing.Corpus;
import org.junit.jupiter.api.Test;

/** The committed fuzz inputs of this module. */
class CorpusTest {

    @Test
    void everyJsonInputIsReadOrRefused() throws Throwable {
        Corpus.replay("json", JsonFuzzTarget::fuzzerTestOneInput);
    }

    @Test
    void everyTokenInputHasAVerdict() throws Throwable {
        Corpus.replay("token", TokenFuzzTarget::fuzzerTestOneInput);
    }

    @Test
    void everyKeyInputIsAKeyRingOrRefused() throws Throwable {
        Corpus.replay("keys", KeysFuzzTarget::fuzzerTestOneInput);
    }
}
