package dev.latchkey.gateways;

import dev.latchkey.config.Settings;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The control plane of Konnect that has a name. Its id is asked for once. */
final class ControlPlane {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final AdminApi api;
    private final String planes;
    private final String name;
    private volatile @Nullable String root;

    /**
     * A control plane.
     *
     * @param planes the path of all of them
     */
    ControlPlane(AdminApi api, String planes, String name) {
        this.api = api;
        this.planes = planes;
        this.name = name;
    }

    /** The path of what it consists of, with a slash at its end. */
    String root() {
        String known = root;
        if (known == null) {
            known = planes + "/" + id() + "/core-entities/";
            root = known;
        }
        return known;
    }

    private String id() {
        Answer answer = api.get(Route.of(planes + "?filter%5Bname%5D%5Beq%5D={}", name));
        List<JsonObject> named = answer.objects("data").stream()
                .filter(plane -> plane.string("name").filter(name::equals).isPresent())
                .toList();
        if (named.size() != 1) {
            throw new GatewayException("Konnect has " + named.size() + " control planes of the name that "
                    + Settings.KONNECT_CONTROL_PLANE + " tells, and needs one. Set it to the name of one that the token"
                    + " may see");
        }
        String id = answer.needed(named.get(0), "id");
        if (!ID.matcher(id).matches()) {
            throw api.unreadable(answer.request(), "an id that is none");
        }
        return id;
    }
}
