package dev.latchkey.status;

import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.UnusableAddressException;

/**
 * Where an issuer's lists are: nothing is fetched from elsewhere, whatever a token says.
 *
 * @param address scheme, host and path, without a slash at the end, query and fragment
 */
public record StatusListBase(String address) {

    private static final String LISTS = "/statuslists";
    private static final int MAX_LENGTH = 512;

    /**
     * Checks the address; a slash at its end is left out.
     *
     * @throws UnusableAddressException if nothing may be fetched from there, or it has a query
     */
    public StatusListBase {
        if (RemoteUri.readAbsolute(address).uri().getRawQuery() != null) {
            throw new UnusableAddressException("has a query, which a base address cannot have. Remove it");
        }
        address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** The address of our own list of that number, from 1 on. */
    public String uri(int number) {
        return address + LISTS + "/" + number;
    }

    /** The address that tells all lists (Token Status List, Status List Aggregation). */
    public String aggregationUri() {
        return address + LISTS;
    }

    /** Tells whether an address lies here: it goes on behind this one by plain path segments. */
    public boolean covers(String uri) {
        int from = address.length();
        if (uri.length() > MAX_LENGTH
                || uri.length() <= from + 1
                || !uri.startsWith(address)
                || uri.charAt(from) != '/') {
            return false;
        }
        for (int i = from; i < uri.length(); i++) {
            char next = uri.charAt(i);
            boolean isPlain = (next >= 'a' && next <= 'z')
                    || (next >= 'A' && next <= 'Z')
                    || (next >= '0' && next <= '9')
                    || next == '/'
                    || next == '-'
                    || next == '_'
                    || next == '~'
                    || next == '.';
            if (!isPlain || (next == '.' && uri.charAt(i - 1) == '.') || (next == '.' && uri.charAt(i - 1) == '/')) {
                return false;
            }
        }
        return true;
    }
}
