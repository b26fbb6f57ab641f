package dev.latchkey.authorizer;

import dev.latchkey.testing.Corpus;
import org.junit.jupiter.api.Test;

/** The committed fuzz inputs of this module. */
class CorpusTest {

    @Test
    void everyEventHasOneOfTheThreeAnswers() throws Throwable {
        Corpus.replay("authorizer", AuthorizerFuzzTarget::fuzzerTestOneInput);
    }
}
