package dev.latchkey.gateways;

import dev.latchkey.http.HttpCall;
import dev.latchkey.http.HttpFailedException;
import dev.latchkey.http.HttpSender;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway's own API, by JSON over HTTP. Each request is sent once. Thread-safe. */
final class AdminApi {

    private final String name;
    private final RemoteUri base;
    private final HttpSender http;
    private final Credential credential;
    private final String addressSetting;

    /** What a request is authorised by. */
    interface Credential {

        /** The headers; none where there is no credential. */
        Map<String, String> headers();

        /** What to do where the API does not take it. */
        String remedy();

        /** Nothing. */
        static Credential none() {
            return new Credential() {
                @Override
                public Map<String, String> headers() {
                    return Map.of();
                }

                @Override
                public String remedy() {
                    return "";
                }
            };
        }
    }

    /**
     * The API at an address.
     *
     * @param name what messages call it
     * @param addressSetting the setting that has its address
     */
    AdminApi(String name, RemoteUri base, HttpSender http, Credential credential, String addressSetting) {
        this.name = name;
        this.base = base;
        this.http = http;
        this.credential = credential;
        this.addressSetting = addressSetting;
    }

    Answer get(Route route) {
        return send("GET", route, null);
    }

    Answer post(Route route, JsonObject body) {
        return send("POST", route, body);
    }

    Answer patch(Route route, JsonObject body) {
        return send("PATCH", route, body);
    }

    Answer delete(Route route) {
        return send("DELETE", route, null);
    }

    private Answer send(String method, Route route, @Nullable JsonObject body) {
        String request = method + " " + route;
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        headers.putAll(credential.headers());
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        try {
            return new Answer(
                    http.send(new HttpCall(method, address(route), headers, body == null ? null : body.toString())),
                    this,
                    request);
        } catch (HttpFailedException e) {
            throw new GatewayException(name + " at " + base + " did not answer " + request + ", got " + e.got()
                    + ". Is " + addressSetting + " its address, does it run, and may this function reach it?");
        }
    }

    private RemoteUri address(Route route) {
        String start = base.uri().toString();
        return RemoteUri.readAbsolute((start.endsWith("/") ? start : start + "/") + route.path(), base.plainHost());
    }

    /** The failure that an answer other than success is. */
    GatewayException refused(String request, int status) {
        return new GatewayException(
                name + " at " + base + " answered " + request + " with status " + status + ". " + remedy(status));
    }

    /** The failure that an answer of another form is. */
    GatewayException unreadable(String request, String got) {
        return new GatewayException(name + " at " + base + " answered " + request + " with " + got + ". Is "
                + addressSetting + " its address?");
    }

    private String remedy(int status) {
        if (status == 401 || status == 403) {
            return credential.remedy();
        }
        if (status >= 300 && status < 400) {
            return "Redirects are not followed: set " + addressSetting + " to the address itself";
        }
        if (status == 404) {
            return "Is " + addressSetting + " its address?";
        }
        if (status == 429) {
            return "It takes no more requests for now: try again later";
        }
        return "Its own log tells why";
    }
}
