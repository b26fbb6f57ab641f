package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.HttpApi;
import java.util.Optional;

/** What REST and HTTP APIs do differently once a request has come in: events, functions' answers, their own words. */
sealed interface Dialect {

    /** That of an API. */
    static Dialect of(Api api) {
        return api instanceof HttpApi ? new Http(api) : new Rest(api);
    }

    /** Name of the header that tells the request's id. */
    String requestIdHeader();

    /** The event of a function behind a proxy integration. */
    byte[] event(ApiRequest request, RouteTable.Match match, Gate gate);

    /** What such a function's answer makes; empty when it is none. */
    Optional<Response> answer(Payload payload);

    /** The gateway's own answer. */
    Response response(GatewayResponse kind);

    /** That of REST APIs. */
    record Rest(Api api) implements Dialect {
        @Override
        public String requestIdHeader() {
            return "x-amzn-RequestId";
        }

        @Override
        public byte[] event(ApiRequest request, RouteTable.Match match, Gate gate) {
            return ProxyEvents.event(request, match, api, gate.integrationContext(), gate.accessKey());
        }

        @Override
        public Optional<Response> answer(Payload payload) {
            return ProxyResponse.parse(payload);
        }

        @Override
        public Response response(GatewayResponse kind) {
            return kind.ofRestApi();
        }
    }

    /** That of HTTP APIs, with payload format 2.0. */
    record Http(Api api) implements Dialect {
        @Override
        public String requestIdHeader() {
            return "Apigw-Requestid";
        }

        @Override
        public byte[] event(ApiRequest request, RouteTable.Match match, Gate gate) {
            return HttpEvents.proxy(request, match, api, gate.authorizer().map(AuthorizerOutput::context));
        }

        @Override
        public Optional<Response> answer(Payload payload) {
            return HttpProxyResponse.parse(payload);
        }

        @Override
        public Response response(GatewayResponse kind) {
            return kind.ofHttpApi();
        }
    }
}
