package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.local.machine.SetupException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One place in the template with its value; intrinsic functions are evaluated when a place is looked at, so what is not
 * looked at needs no support.
 */
record Section(JsonNode node, String place, Intrinsics intrinsics) {

    /** The member of that name, absent or not; a {@link SetupException} when this is no map. */
    Section get(String name) {
        if (isPresent() && !node.isObject()) {
            throw error("must be a map");
        }
        return child(node.path(name), name);
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The value as text; a {@link SetupException} when it is absent or not a single value. */
    String text() {
        if (!isPresent()) {
            throw error("is missing");
        }
        return intrinsics.text(node, place);
    }

    String text(String whenAbsent) {
        return isPresent() ? text() : whenAbsent;
    }

    int integer(int min, int max) {
        String text = text();
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException notInteger) {
            throw error("must be a whole number, got \"" + text + "\"");
        }
        throw error("must be " + min + " to " + max + ", got " + text);
    }

    int integer(int whenAbsent, int min, int max) {
        return isPresent() ? integer(min, max) : whenAbsent;
    }

    /** The members in order, without those that are {@code AWS::NoValue}; none when the section is absent. */
    Map<String, Section> members() {
        if (isPresent() && !node.isObject()) {
            throw error("must be a map");
        }
        Map<String, Section> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> {
            Section member = get(name);
            if (!member.node.isMissingNode()) {
                members.put(name, member);
            }
        });
        return members;
    }

    /** The elements in order, without those that are {@code AWS::NoValue}; none when the section is absent. */
    List<Section> items() {
        if (isPresent() && !node.isArray()) {
            throw error("must be a list");
        }
        List<Section> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Section item = child(node.get(i), String.valueOf(i));
            if (!item.node.isMissingNode()) {
                items.add(item);
            }
        }
        return items;
    }

    /** Fails when one of these members is there. */
    void refuse(String why, String... names) {
        for (String name : names) {
            if (get(name).isPresent()) {
                throw get(name).error(why);
            }
        }
    }

    SetupException error(String what) {
        return new SetupException(place + ": " + what);
    }

    private Section child(JsonNode raw, String name) {
        String childPlace = place.isEmpty() ? name : place + "." + name;
        JsonNode value = raw.isMissingNode() ? MissingNode.getInstance() : intrinsics.resolve(raw, childPlace);
        return new Section(value, childPlace, intrinsics);
    }
}
