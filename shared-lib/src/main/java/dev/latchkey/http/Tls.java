package dev.latchkey.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS for https. Certificates and host names are checked as the Java runtime is set up to. */
public final class Tls {

    private Tls() {}

    /**
     * TLS over a connected socket, after the handshake; closing either closes both.
     *
     * @param host the name that the other side's certificate must have
     * @throws IOException if the other side cannot be trusted, or the socket fails
     */
    public static Socket over(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }
}
