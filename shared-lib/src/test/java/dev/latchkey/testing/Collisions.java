package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;

/** Texts of one {@code hashCode}, as an attacker of hash tables would choose them. */
public final class Collisions {

    private Collisions() {}

    /** As many as two to that power, of twice as many characters. */
    public static List<String> of(int power) {
        List<String> texts = List.of("");
        for (int i = 0; i < power; i++) {
            List<String> longer = new ArrayList<>();
            for (String text : texts) {
                longer.add(text + "Aa");
                longer.add(text + "BB");
            }
            texts = longer;
        }
        return texts;
    }
}
