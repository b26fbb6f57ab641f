package dev.latchkey.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --endpoint}: the address of Lambda on this machine, without a path. */
final class Endpoint implements ITypeConverter<URI> {

    private static final String REMEDY = ". scripts/local prints the address, such as http://127.0.0.1:3001";

    @Override
    public URI convert(String text) {
        URI address = address(text);
        String path = address.getRawPath();
        if (address.getHost() == null) {
            throw new TypeConversionException("names no host" + REMEDY);
        }
        if (!(path.isEmpty() || path.equals("/")) || address.getRawQuery() != null) {
            throw new TypeConversionException("has a path. Leave out what follows the port" + REMEDY);
        }
        if (isHttps(text) && isThisMachine(address.getHost())) {
            throw new TypeConversionException("is https, which nothing of Latchkey speaks on this machine" + REMEDY);
        }
        return address;
    }

    private static URI address(String text) {
        if (!isHttps(text) && !text.toLowerCase(Locale.ROOT).startsWith("http://")) {
            throw new TypeConversionException("needs http:// in front" + REMEDY);
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new TypeConversionException("is no address" + REMEDY);
        }
    }

    private static boolean isHttps(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("https://");
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
