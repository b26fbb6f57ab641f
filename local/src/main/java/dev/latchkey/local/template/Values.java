package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.SetupException;

/** What a place of the template comes to once its intrinsic functions are evaluated. */
@FunctionalInterface
interface Values {

    /** The value as text; a {@link SetupException} that names the place when it is none. */
    String text(JsonNode node, String place);
}
