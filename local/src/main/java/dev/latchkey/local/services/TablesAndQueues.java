package dev.latchkey.local.services;

import dev.latchkey.local.lambda.FunctionProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables and queues of a template, in the services of this machine; none where there are no services. */
public final class TablesAndQueues {

    private final @Nullable Services services;
    private final Map<String, String> functionsByQueue;
    private final Map<String, String> urlsByQueue = new LinkedHashMap<>();

    private TablesAndQueues(@Nullable Services services, Map<String, String> functionsByQueue) {
        this.services = services;
        this.functionsByQueue = Map.copyOf(functionsByQueue);
    }

    /**
     * Makes them.
     *
     * @param tables the tables' names; those that are there already are left as they are
     * @param functionsByQueue the logical id of the function that reads a queue, by the queue's name
     * @throws dev.latchkey.local.machine.SetupException when one cannot be made
     */
    public static TablesAndQueues make(
            @Nullable Services services, Collection<String> tables, Map<String, String> functionsByQueue) {
        TablesAndQueues made = new TablesAndQueues(services, functionsByQueue);
        if (services != null) {
            tables.forEach(services::createTable);
            functionsByQueue.keySet().forEach(queue -> made.urlsByQueue.put(queue, services.createQueue(queue)));
        }
        return made;
    }

    /** The URLs of the queues by their names. */
    public Map<String, String> queueUrls() {
        return Map.copyOf(urlsByQueue);
    }

    /** Starts a reader of each queue whose function is among these, which are known by their logical ids. */
    public List<QueueReader> readers(Map<String, FunctionProcess> functions) {
        List<QueueReader> readers = new ArrayList<>();
        urlsByQueue.forEach((queue, url) -> {
            FunctionProcess function = functions.get(functionsByQueue.get(queue));
            if (services != null && function != null) {
                readers.add(new QueueReader(services, url, queue, function));
            }
        });
        return readers;
    }
}
