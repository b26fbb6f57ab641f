package dev.latchkey.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The presets of identity providers, as their own documentation tells of them; docs/issuers.md names the pages. */
final class Presets {

    private static final String NAMES = "cognito, entra, auth0, okta, keycloak, google or firebase";
    private static final Set<String> WITHOUT_DOMAIN = Set.of("cognito", "entra", "google", "firebase");
    private static final Set<String> WITHOUT_TENANT = Set.of("auth0", "google");
    private static final Pattern POOL = Pattern.compile("([a-z]{2}(?:-[a-z]+)+-[0-9]+)_[A-Za-z0-9]{1,64}");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final String ENTRA = "https://login.microsoftonline.com/";
    private static final String HTTPS = "https://";

    private Presets() {}

    /**
     * The preset of a provider.
     *
     * @param domain the host of its servers; empty where it is not said
     * @param tenant its part that is the operator's; empty where it is not said
     * @throws IllegalArgumentException if there is no such preset, or it needs something else; the message tells which
     */
    static Preset of(String provider, String domain, String tenant) {
        String name = provider.toLowerCase(Locale.ROOT);
        if (!domain.isEmpty() && WITHOUT_DOMAIN.contains(name)) {
            throw new IllegalArgumentException(name + " takes no domain. Remove it");
        }
        if (!tenant.isEmpty() && WITHOUT_TENANT.contains(name)) {
            throw new IllegalArgumentException(name + " takes no tenant. Remove it");
        }
        return switch (name) {
            case "cognito" -> cognito(tenant);
            case "entra" -> entra(tenant);
            case "auth0" -> auth0(address(domain, name));
            case "okta" -> okta(address(domain, name), tenant.isEmpty() ? "default" : tenant);
            case "keycloak" -> keycloak(address(domain, name), tenant);
            case "google" -> google();
            case "firebase" -> firebase(tenant);
            default ->
                throw new IllegalArgumentException(
                        "needs " + NAMES + ", got \"" + SettingsReader.printable(provider) + "\"");
        };
    }

    /** Access tokens have {@code client_id} and no {@code aud}; id tokens have {@code aud}. */
    private static Preset cognito(String tenant) {
        Matcher pool = POOL.matcher(tenant);
        if (!pool.matches()) {
            throw new IllegalArgumentException(
                    "cognito needs the user pool's id as tenant, such as eu-west-1_AbCdEfGhI");
        }
        String region = pool.group(1);
        String issuer =
                HTTPS + "cognito-idp." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn/" : "/") + tenant;
        return new Builder("cognito")
                .put("issuer", issuer)
                .put("jwks_uri", issuer + "/.well-known/jwks.json")
                .put("audience_claim", "client_id")
                .put("types", "jwt", "none")
                .put("user_claim", "sub")
                .put("company_claim", "client_id", "aud")
                .put("scope_claim", "scope", "cognito:groups")
                .put("required_claims", "token_use=access|id")
                .build("the ids of the app clients");
    }

    /**
     * Version 1 and version 2 of access tokens; the same keys sign both. Every application of a tenant gets a token for every
     * API of it: without a permission it is nobody's leave to call.
     */
    private static Preset entra(String tenant) {
        String lower = tenant.toLowerCase(Locale.ROOT);
        boolean isAny = lower.equals("organizations") || lower.equals("common");
        if (!isAny && !GUID.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "entra needs the directory (tenant) id as tenant, a GUID, or organizations for every tenant, or common"
                            + " for personal accounts, too; tokens name no tenant by its domain");
        }
        String named = isAny ? "{tid}" : lower;
        return new Builder("entra")
                .put("issuer", ENTRA + named + "/v2.0", "https://sts.windows.net/" + named + "/")
                .put("jwks_uri", ENTRA + lower + "/discovery/v2.0/keys")
                .put("types", "jwt")
                .put("user_claim", "oid", "sub")
                .put("company_claim", "tid")
                .put("scope_claim", "scp", "roles")
                .put("required_claims", "scp|roles")
                .build("the API's application (client) id, and its application id URI for tokens of version 1");
    }

    private static Preset auth0(String address) {
        return new Builder("auth0")
                .put("issuer", address + "/")
                .put("jwks_uri", address + "/.well-known/jwks.json")
                .put("types", "jwt", "at+jwt")
                .put("user_claim", "sub")
                .put("company_claim", "org_id", "azp", "client_id")
                .put("scope_claim", "scope", "permissions")
                .build("the API's identifier");
    }

    private static Preset okta(String address, String server) {
        String issuer = address + "/oauth2/" + named(server, "okta needs an authorization server's id as tenant");
        Builder preset = new Builder("okta")
                .put("issuer", issuer)
                .put("jwks_uri", issuer + "/v1/keys")
                .put("types", "jwt", "at+jwt", "none")
                .put("user_claim", "uid", "sub")
                .put("company_claim", "cid")
                .put("scope_claim", "scp", "groups");
        return server.equals("default")
                ? preset.put("audience", "api://default").build("")
                : preset.build("the audience of the authorization server");
    }

    /** Access tokens say in their claims that they are: {@code typ} is Bearer, not ID, Refresh or Logout. */
    private static Preset keycloak(String address, String realm) {
        String issuer = address + "/realms/" + named(realm, "keycloak needs the realm as tenant");
        return new Builder("keycloak")
                .put("issuer", issuer)
                .put("jwks_uri", issuer + "/protocol/openid-connect/certs")
                .put("audience_claim", "azp")
                .put("types", "jwt", "at+jwt")
                .put("user_claim", "sub")
                .put("company_claim", "azp")
                .put("scope_claim", "scope", "/realm_access/roles")
                .put("required_claims", "/typ=Bearer")
                .build("what an audience mapper puts into aud, or the client of tokens without aud");
    }

    /**
     * ID tokens; access tokens of Google's are not JWTs. Both spellings of the issuer are theirs. Whoever has a service account
     * can have it make a token for any client id: the domain alone tells whose an account is.
     */
    private static Preset google() {
        return new Builder("google")
                .put("issuer", "https://accounts.google.com", "accounts.google.com")
                .put("jwks_uri", "https://www.googleapis.com/oauth2/v3/certs")
                .put("types", "jwt")
                .put("user_claim", "sub")
                .put("company_claim", "hd")
                .put("scope_claim", "hd")
                .build("the OAuth client ids");
    }

    private static Preset firebase(String project) {
        String id = named(project, "firebase needs the project's id as tenant");
        return new Builder("firebase")
                .put("issuer", "https://securetoken.google.com/" + id)
                .put(
                        "jwks_uri",
                        "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com")
                .put("audience", id)
                .put("types", "jwt")
                .put("user_claim", "sub")
                .put("company_claim", "/firebase/tenant", "=" + id)
                .put("scope_claim", "roles")
                .build("");
    }

    /**
     * The address of a host, with or without its scheme, as providers spell themselves: the host in lower case. Plain http is
     * for this machine alone, as key sets are.
     */
    private static String address(String domain, String provider) {
        String plain = withHostInLowerCase(domain.endsWith("/") ? domain.substring(0, domain.length() - 1) : domain);
        String scheme =
                plain.startsWith("http://127.0.0.1") || plain.startsWith("http://localhost") ? "http://" : HTTPS;
        String host = plain.startsWith(scheme) ? plain.substring(scheme.length()) : plain;
        if (!DOMAIN.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    provider + " needs the domain of its server, such as tenant.example.com");
        }
        return scheme + host;
    }

    private static String withHostInLowerCase(String address) {
        int scheme = address.indexOf("://");
        int path = address.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        int end = path < 0 ? address.length() : path;
        return address.substring(0, end).toLowerCase(Locale.ROOT) + address.substring(end);
    }

    private static String named(String name, String otherwise) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return name;
    }

    private static final class Builder {
        private final String provider;
        private final Map<String, List<String>> members = new LinkedHashMap<>();

        Builder(String provider) {
            this.provider = provider;
        }

        Builder put(String member, String... values) {
            members.put(member, List.of(values));
            return this;
        }

        Preset build(String audience) {
            return new Preset(provider, members, audience);
        }
    }
}
