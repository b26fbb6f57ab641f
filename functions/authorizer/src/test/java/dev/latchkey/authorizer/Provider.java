package dev.latchkey.authorizer;

import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Identity providers, and tokens of the shape that their documentation tells of: docs/issuers.md names the pages. */
enum Provider {
    COGNITO(
            Map.of("ISSUER_TENANT", "eu-west-1_AbCdEfGhI", "JWT_AUDIENCE", "1h57kf5cpq17m0eml12EXAMPLE"),
            "",
            "\"alg\":\"RS256\",\"use\":\"sig\"",
            """
            "sub":"aaaaaaaa-bbbb-cccc-dddd-example","cognito:groups":["read","testers"],
            "iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI","client_id":"1h57kf5cpq17m0eml12EXAMPLE",
            "origin_jti":"o","event_id":"e","token_use":"access","scope":"openid phone","auth_time":IAT,"version":2,
            "username":"jane"
            """,
            "1h57kf5cpq17m0eml12EXAMPLE",
            "aaaaaaaa-bbbb-cccc-dddd-example",
            "\"client_id\":\"other\""),
    ENTRA(
            Map.of(
                    "ISSUER_TENANT", "72f988bf-86f1-41af-91ab-2d7cd011db47",
                    "JWT_AUDIENCE", "6e74172b-be56-4843-9ff4-e66a39bb12e3"),
            "JWT",
            "\"use\":\"sig\",\"x5t\":\"nOo3ZDrODXEK1jKWhXslHR_KXEg\",\"issuer\":\"https://login.microsoftonline.com/{tenantid}/v2.0\"",
            """
            "aud":"6e74172b-be56-4843-9ff4-e66a39bb12e3",
            "iss":"https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
            "aio":"A","azp":"6e74172b-0000-4843-9ff4-e66a39bb12e3","azpacr":"0","name":"Jane","oid":"690222be-ff1a-4d56-abd1-7e4f7d38e474",
            "preferred_username":"jane@example.com","rh":"I","scp":"read","sub":"HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
            "tid":"72f988bf-86f1-41af-91ab-2d7cd011db47","uti":"f","ver":"2.0"
            """,
            "72f988bf-86f1-41af-91ab-2d7cd011db47",
            "690222be-ff1a-4d56-abd1-7e4f7d38e474",
            "\"aud\":\"other\""),
    AUTH0(
            Map.of("ISSUER_DOMAIN", "acme.eu.auth0.com", "JWT_AUDIENCE", "https://orders.example.com"),
            "JWT",
            "\"alg\":\"RS256\",\"use\":\"sig\",\"x5t\":\"abc\"",
            """
            "iss":"https://acme.eu.auth0.com/","sub":"auth0|5fd0ba0d1c8d7d0069ae7f4f",
            "aud":["https://orders.example.com","https://acme.eu.auth0.com/userinfo"],"azp":"my_client_id",
            "scope":"openid profile","permissions":["read"],"org_id":"org_9ybsU1dN2dKfDkBi"
            """,
            "org_9ybsU1dN2dKfDkBi",
            "auth0|5fd0ba0d1c8d7d0069ae7f4f",
            "\"aud\":[\"other\",\"https://acme.eu.auth0.com/userinfo\"]"),
    OKTA(
            Map.of("ISSUER_DOMAIN", "dev-123.okta.com"),
            "",
            "\"alg\":\"RS256\",\"use\":\"sig\"",
            """
            "ver":1,"iss":"https://dev-123.okta.com/oauth2/default","aud":"api://default","cid":"nmdP1fcyvdVO11AL7ECm",
            "uid":"00ujmkLgagxeRrAg20g3","scp":["openid","read"],"auth_time":IAT,"sub":"jane@example.com"
            """,
            "nmdP1fcyvdVO11AL7ECm",
            "00ujmkLgagxeRrAg20g3",
            "\"aud\":\"api://other\""),
    KEYCLOAK(
            Map.of("ISSUER_DOMAIN", "id.example.com", "ISSUER_TENANT", "acme", "JWT_AUDIENCE", "orders"),
            "JWT",
            "\"alg\":\"RS256\",\"use\":\"sig\",\"x5t#S256\":\"abc\"",
            """
            "auth_time":IAT,"iss":"https://id.example.com/realms/acme","aud":["orders","account"],
            "sub":"f44ed8e5-1c1f-4a9e-8a3b-2c7f3f2b3c55","typ":"Bearer","azp":"shop","sid":"s","acr":"1",
            "realm_access":{"roles":["offline_access","read"]},"resource_access":{"account":{"roles":["view-profile"]}},
            "scope":"openid email","email_verified":false,"preferred_username":"jane"
            """,
            "shop",
            "f44ed8e5-1c1f-4a9e-8a3b-2c7f3f2b3c55",
            "\"aud\":[\"account\"]"),
    GOOGLE(
            Map.of(
                    "JWT_AUDIENCE",
                    "1234987819200.apps.googleusercontent.com",
                    "SCOPE_ROUTES",
                    "example.com = GET /orders"),
            "JWT",
            "\"alg\":\"RS256\",\"use\":\"sig\"",
            """
            "iss":"https://accounts.google.com","azp":"1234987819200.apps.googleusercontent.com",
            "aud":"1234987819200.apps.googleusercontent.com","sub":"10769150350006150715113082367","at_hash":"H",
            "hd":"example.com","email":"jane@example.com","email_verified":true,"nonce":"n"
            """,
            "example.com",
            "10769150350006150715113082367",
            "\"aud\":\"other.apps.googleusercontent.com\""),
    FIREBASE(
            Map.of("ISSUER_TENANT", "my-project"),
            "JWT",
            "\"alg\":\"RS256\",\"use\":\"sig\"",
            """
            "iss":"https://securetoken.google.com/my-project","aud":"my-project","auth_time":IAT,"user_id":"u1","sub":"u1",
            "email":"jane@example.com","email_verified":false,"roles":["read"],
            "firebase":{"identities":{"email":["jane@example.com"]},"sign_in_provider":"password","tenant":"acme-x1y2z"}
            """,
            "acme-x1y2z",
            "u1",
            "\"aud\":\"other-project\"");

    private static final long NOW = TestTokens.NOW.getEpochSecond();

    /** Lines of a name, an equals sign and a value. */
    private final String settings;

    private final String type;
    private final String keyMembers;
    private final String claims;
    final String company;
    final String user;
    final String otherAudience;

    Provider(
            Map<String, String> settings,
            String type,
            String keyMembers,
            String claims,
            String company,
            String user,
            String otherAudience) {
        this.settings = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        this.type = type;
        this.keyMembers = keyMembers;
        this.claims = claims.strip();
        this.company = company;
        this.user = user;
        this.otherAudience = otherAudience;
    }

    String preset() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The lines that an operator sets, and the address of keys, which a test has on its own machine. */
    Map<String, String> settings(String jwksUri) {
        Map<String, String> all = new LinkedHashMap<>();
        settings.lines().forEach(line -> all.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        all.put("ISSUER_PRESET", preset());
        all.put("JWKS_URI", jwksUri);
        return all;
    }

    /** A key of its set. */
    String jwk(String kid, KeyPair pair) {
        return "{" + TestKeys.jwkMembers(pair) + ",\"kid\":\"" + kid + "\"," + keyMembers + "}";
    }

    /** A token as the provider makes it. */
    String token(String kid, KeyPair pair) {
        return spoilt(kid, pair, "");
    }

    /** The same with another member, such as {@code "iss":"x"}; one that is null is missing. */
    String spoilt(String kid, KeyPair pair, String member) {
        return typed(type, kid, pair, member);
    }

    /** The same with another {@code typ}; blank for none. */
    String typed(String typ, String kid, KeyPair pair, String member) {
        String payload = "{" + claims.replace("IAT", String.valueOf(NOW - 60)).replace("\n", "") + ",\"iat\":"
                + (NOW - 60) + ",\"exp\":" + (NOW + 3600) + ",\"jti\":\"j1\"}";
        TestTokens token = TestTokens.good("RS256").header("kid", kid);
        TestTokens typed = typ.isEmpty() ? token.withoutHeader("typ") : token.header("typ", typ);
        return typed.payloadText(Members.replaced(payload, member)).rs256(pair.getPrivate());
    }
}
