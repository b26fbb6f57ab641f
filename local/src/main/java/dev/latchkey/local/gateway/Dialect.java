package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.RestApi;
import java.util.Optional;

/** What REST and HTTP APIs do differently once a request has come in: events, functions' answers, their own words. */
sealed interface Dialect {

    /** That of an API. */
    static Dialect of(Api api) {
        return api instanceof HttpApi http ? new Http(http) : new Rest((RestApi) api);
    }

    /** Name of the header that tells the request's id. */
    String requestIdHeader();

    /** The event of a function behind a proxy integration. */
    byte[] event(ApiRequest request, RouteTable.Match match, Gate gate);

    /** The gateway's own answer to a browser's pre-flight; empty where the request is none, or routes have to answer it. */
    Optional<Response> preflight(ApiRequest request);

    /** What such a function's answer makes of a request; empty when it is none. */
    Optional<Response> answer(ApiRequest request, Payload payload);

    /** The gateway's own answer. */
    Response response(GatewayResponse kind);

    /** That of REST APIs. */
    record Rest(RestApi api) implements Dialect {
        @Override
        public String requestIdHeader() {
            return "x-amzn-RequestId";
        }

        @Override
        public byte[] event(ApiRequest request, RouteTable.Match match, Gate gate) {
            return ProxyEvents.event(request, match, api, gate.integrationContext(), gate.accessKey());
        }

        @Override
        public Optional<Response> preflight(ApiRequest request) {
            return Optional.empty();
        }

        @Override
        public Optional<Response> answer(ApiRequest request, Payload payload) {
            return ProxyResponse.parse(payload);
        }

        @Override
        public Response response(GatewayResponse kind) {
            return kind.ofRestApi(api.refusalHeaders());
        }
    }

    /** That of HTTP APIs, with payload format 2.0. */
    record Http(HttpApi api) implements Dialect {
        @Override
        public String requestIdHeader() {
            return "Apigw-Requestid";
        }

        @Override
        public byte[] event(ApiRequest request, RouteTable.Match match, Gate gate) {
            return HttpEvents.proxy(request, match, api, gate.authorizer().map(AuthorizerOutput::inEvents));
        }

        @Override
        public Optional<Response> preflight(ApiRequest request) {
            return api.cors().flatMap(cors -> Browsers.preflight(cors, request));
        }

        @Override
        public Optional<Response> answer(ApiRequest request, Payload payload) {
            Optional<Response> answer = HttpProxyResponse.parse(payload);
            return answer.map(one ->
                    api.cors().map(cors -> Browsers.answer(cors, request, one)).orElse(one));
        }

        @Override
        public Response response(GatewayResponse kind) {
            return kind.ofHttpApi();
        }
    }
}
