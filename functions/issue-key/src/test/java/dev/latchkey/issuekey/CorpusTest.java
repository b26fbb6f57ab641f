package dev.latchkey.issuekey;

import dev.latchkey.testing.Corpus;
import org.junit.jupiter.api.Test;

/** The committed fuzz inputs of this module. */
class CorpusTest {

    @Test
    void everyRequestIsAnswered() throws Throwable {
        Corpus.replay("issue-key", IssueKeyFuzzTarget::fuzzerTestOneInput);
    }
}
