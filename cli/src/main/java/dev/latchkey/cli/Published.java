package dev.latchkey.cli;

/** What stands at a public address. */
@FunctionalInterface
interface Published {

    /**
     * An answer.
     *
     * @param status the status; 0 where nothing answered
     * @param type the content type
     * @param body the text, or where nothing answered why
     */
    record Document(int status, String type, String body) {}

    /** Reads it by GET. */
    Document get(String address);
}
