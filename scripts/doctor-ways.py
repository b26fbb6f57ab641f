"""The ways in which scripts/test-doctor breaks a stack: one authorizer or issue-key function for each, with its variables, and
what scripts/doctor must say of it."""

import copy
import json
import os
import sys

from samcli.yamlhelper import yaml_parse

SECRET = "doctor-" + "0123456789abcdef" * 4
OTHER = "doctor-" + "fedcba9876543210" * 4
KNOWN = "your-256-bit-secret-your-256-bit-secret"
DEAD = "http://127.0.0.1:9"

# What is said, and the variables of an authorizer that make it so.
DOORS = [
    ("bad_signature", {"JWT_VERIFY_KEY": OTHER}),
    ("remedy: give both functions the same secret", {"JWT_VERIFY_KEY": OTHER}),
    ("wrong_algorithm", {"JWT_ALGORITHMS": "HS384"}),
    ("wrong_issuer", {"JWT_ISSUER": "https://other.example"}),
    ("remedy: give both functions the same PLUGIN_JWT_ISSUER", {"JWT_ISSUER": "https://other.example"}),
    ("wrong_audience", {"JWT_AUDIENCE": "other"}),
    ("wrong_type", {"JWT_TYPE": "at+jwt"}),
    ("missing_company", {"PLUGIN_JWT_COMPANY_ID_FIELD": "tenant"}),
    ("remedy: give --scopes", {"JWT_REQUIRED_SCOPES": "orders:read"}),
    ("missing_scope", {"SCOPE_ROUTES": "orders:read = GET /orders", "POLICY_SCOPE": ""}),
    ("wrong_claim", {"JWT_REQUIRED_CLAIMS": "tenant"}),
    ("lifetime_too_long", {"JWT_MAX_LIFETIME": "1m"}),
    ("invalid_status", {"PLUGIN_JWT_STATUS_LIST_BASE": "https://lists.example"}),
    ("invalid_status", {"PLUGIN_JWT_STATUS_LIST_BASE": ""}),
    ("missing_token", {"JWT_TOKEN_SOURCE": "header X-Api-Key"}),
    ("it is for one method and path", {"POLICY_SCOPE": "method"}),
    ("500: .*JWT_VERIFY_KEY", {"JWT_VERIFY_KEY": ""}),
    ("500: .*JWKS_URI", {"JWKS_URI": "https://issuer.example/jwks"}),
    ("500: ", {"JWT_VERIFY_KEY": "", "JWKS_URI": DEAD + "/jwks"}),
    ("500: .*JWT_CLOCK_SKEW", {"JWT_CLOCK_SKEW": "99"}),
    ("JWT_ISSUERR: is not a setting.*Is PLUGIN_JWT_ISSUER meant", {"JWT_ISSUERR": "a"}),
    ("are both set, to different values", {"JWT_AUDIENCE": "a", "PLUGIN_JWT_AUDIENCE": "b"}),
    ("needs at least 256 bits", {"JWT_VERIFY_KEY": "short"}),
    ("500: .*JWT_VERIFY_KEY", {"JWT_VERIFY_KEY": "-----BEGIN PUBLIC KEY-----x"}),
    ("500: .*JWT_ALGORITHMS", {"JWT_ALGORITHMS": "none"}),
    ("JWT_ALGORITHMS: is blank", {"JWT_ALGORITHMS": ""}),
    ("METRICS: needs on", {"METRICS": "maybe"}),
    ("METRICS_SERVICE: needs", {"METRICS_SERVICE": ":orders"}),
    ("500: .*POLICY_SCOPE", {"POLICY_SCOPE": "scoped"}),
    ("500: .*SCOPE_ROUTES", {"SCOPE_ROUTES": "orders", "POLICY_SCOPE": ""}),
    ("500: .*CONTEXT_CLAIMS", {"CONTEXT_CLAIMS": "a,b,c,d,e,f,g,h,i"}),
    ("500: .*USAGE_KEY", {"USAGE_KEY": "plan: gold"}),
    ("500: .*JWT_STATUS_MAX_AGE", {"JWT_STATUS_MAX_AGE": "48h"}),
    ("REFUSAL: needs error", {"REFUSAL": "no"}),
    ("HTTP_API_RESPONSE: needs", {"HTTP_API_RESPONSE": "xml"}),
    ("500: .*ISSUER_PRESET", {"JWT_VERIFY_KEY": "", "ISSUER_PRESET": "acme"}),
    ("500: .*JWT_ISSUERS", {"JWT_ISSUERS": "{"}),
    ("500: .*JWT_MAX_LIFETIME", {"JWT_MAX_LIFETIME": "1M"}),
    ("500: .*JWT_TOKEN_SOURCE", {"JWT_TOKEN_SOURCE": "body"}),
]
# The same of an issue-key.
ISSUERS = [
    ("wrong_issuer", {"PLUGIN_JWT_ISSUER": "https://keys.example"}),
    ("wrong_audience", {"PLUGIN_JWT_AUDIENCE": "orders"}),
    ("bad_signature", {"PLUGIN_JWT_SECRET": OTHER}),
    ("PLUGIN_JWT_EXPIRES_IN", {"PLUGIN_JWT_EXPIRES_IN": ""}),
    ("needs at least 256 bits", {"PLUGIN_JWT_SECRET": "short"}),
    ("PLUGIN_JWT_SECRET", {"PLUGIN_JWT_SECRET": "", "PLUGIN_JWT_SECRET_ID": ""}),
    ("RS256 needs an RSA key, got a secret", {"PLUGIN_JWT_ALGORITHM": "RS256"}),
    ("PLUGIN_APIM_PROVIDER", {"PLUGIN_APIM_PROVIDER": "acme"}),
    ("PLUGIN_JWT_MAX_EXPIRES_IN", {"PLUGIN_JWT_MAX_EXPIRES_IN": "1d"}),
    ("issue-key issues a key .*table", {"PLUGIN_JWT_KEYS_TABLE": "no-such-table"}),
    ("the status list .*(200, a list|ConnectException)", {"PLUGIN_JWT_STATUS_LIST_BASE": DEAD}),
    ("MOESIF_BASE_URI", {"MOESIF_APPLICATION_ID": "a", "MOESIF_BASE_URI": "http://a.example"}),
]


def named(prefix, entries):
    return {f"{prefix}{number}": entry for number, entry in enumerate(entries, 1)}


def template():
    with open("template.yaml", encoding="utf-8") as file:
        source = yaml_parse(file.read())
    resources = source["Resources"]
    for name, resource in resources.items():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = os.path.abspath(resource["Properties"]["CodeUri"])
    for original, entries in (("AuthorizerFunction", named("Door", DOORS)), ("IssueKeyFunction", named("Issuer", ISSUERS))):
        for name in entries:
            resources[name] = copy.deepcopy(resources[original])
    return json.dumps(source)


def variables():
    of_doors = {"JWT_VERIFY_KEY": SECRET, "PLUGIN_JWT_SECRET_ID": ""}
    of_issuers = {"PLUGIN_JWT_SECRET": SECRET, "PLUGIN_JWT_SECRET_ID": "", "PLUGIN_JWT_ALGORITHM": "HS256"}
    given = {name: of_doors | entry[1] for name, entry in named("Door", DOORS).items()}
    given |= {name: of_issuers | entry[1] for name, entry in named("Issuer", ISSUERS).items()}
    return json.dumps(given)


def ways():
    lines = [("IssueKeyFunction", name, entry[0]) for name, entry in named("Door", DOORS).items()]
    lines += [(name, "AuthorizerFunction", entry[0]) for name, entry in named("Issuer", ISSUERS).items()]
    return "\n".join("\t".join(line) for line in lines)


print({"template": template, "variables": variables, "ways": ways, "secret": lambda: SECRET}[sys.argv[1]]())
