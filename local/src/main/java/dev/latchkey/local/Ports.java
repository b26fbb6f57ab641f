package dev.latchkey.local;

import dev.latchkey.local.machine.SetupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports that {@code scripts/local} listens on. */
final class Ports {
    private Ports() {}

    /**
     * Looks whether all are free, so that one message names all that are not.
     *
     * @throws SetupException when one or more are taken
     */
    static void requireFree(Arguments arguments) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("--port", arguments.options().apiPort());
        ports.put("--lambda-port", arguments.options().lambdaPort());
        ports.put("--http-port", arguments.options().httpApiPort());
        ports.put("--page-port", arguments.pagePort());
        ports.put("--publish-port", arguments.options().openApiPort());
        ports.values().removeIf(Ports::isFree);
        if (!ports.isEmpty()) {
            boolean isOne = ports.size() == 1;
            List<String> numbers = ports.values().stream().map(String::valueOf).toList();
            throw new SetupException((isOne ? "Port " : "Ports ") + joined(numbers)
                    + (isOne ? " is" : " are") + " already in use. Stop what uses " + (isOne ? "it" : "them")
                    + ", perhaps another scripts/local, or choose " + (isOne ? "another" : "others") + " with "
                    + joined(List.copyOf(ports.keySet())));
        }
    }

    /** A port that nobody listens on at the moment. */
    static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SetupException("no port is free: " + e.getMessage(), e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static String joined(List<String> words) {
        List<String> first = new ArrayList<>(words);
        String last = first.remove(first.size() - 1);
        return first.isEmpty() ? last : String.join(", ", first) + " and " + last;
    }
}
