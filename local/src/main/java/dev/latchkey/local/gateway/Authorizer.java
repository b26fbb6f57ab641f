package dev.latchkey.local.gateway;

/** Decides about requests. */
interface Authorizer {

    /** What comes of a request for that route. */
    Verdict authorize(ApiRequest request, RouteTable.Match match);

    /** Forgets what it decided. */
    void forget();
}
