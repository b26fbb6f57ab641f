"""Checks what AWS SAM makes of a template, template.yaml by default: which routes are open to whom, and what the
functions may do."""

import json
import sys

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

EXPECTED_DOORS = {
    "Api": {
        ("/orders", "get"): "Latchkey",
        ("/orders", "options"): "a pre-flight",
        ("/create-key", "post"): "AWS_IAM",
        ("/provision-user", "post"): "AWS_IAM",
        ("/user", "get"): "AWS_IAM",
        ("/keys", "get"): "AWS_IAM",
        ("/keys/{keyId}", "get"): "AWS_IAM",
        ("/keys/{keyId}", "patch"): "AWS_IAM",
        ("/keys/{keyId}/suspend", "post"): "AWS_IAM",
        ("/keys/{keyId}/resume", "post"): "AWS_IAM",
        ("/keys/{keyId}/revoke", "post"): "AWS_IAM",
        ("/keys/{keyId}/roll", "post"): "AWS_IAM",
        ("/revoke-key", "post"): "AWS_IAM",
        ("/revoke-customer", "post"): "AWS_IAM",
        ("/openapi.json", "get"): "AWS_IAM",
    },
    "HttpApi": {
        ("/orders", "get"): "Latchkey",
    },
    "JwtApi": {
        ("/orders", "get"): "ApiGateway",
    },
}
# What is open to everybody: what doors and other verifiers read.
PUBLISHED = {(path, "x-amazon-apigateway-any-method"): "open to everybody"
             for path in ("/statuslists/{number}", "/statuslists", "/.well-known/jwks.json",
                          "/.well-known/openid-configuration")}
READS_SECRET = {"secretsmanager:GetSecretValue", "kms:Decrypt"}
SIGNS = {"kms:GetPublicKey", "kms:Sign"}
# Of a usage plan's keys, where there is one: API Gateway's keys have no names in IAM before they are there.
USAGE_PLAN = {"apigateway:" + method for method in ("GET", "POST", "PATCH", "DELETE")}
API_KEYS = [{"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}::" + path}
            for path in ("/apikeys", "/apikeys/*", "/usageplans/${UsagePlanId}/keys")]
MAY = {
    "AuthorizerFunctionRole": READS_SECRET,
    "IssueKeyFunctionRole": READS_SECRET | SIGNS | USAGE_PLAN | {"sqs:SendMessage"} | {
        "dynamodb:" + action for action in ("ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem")},
    "PublishFunctionRole": READS_SECRET | SIGNS | {"dynamodb:GetItem", "dynamodb:Query"},
    "FlushCachesFunctionRole": {"apigateway:DELETE"},
    "RotateKeysFunctionRole": READS_SECRET | {"secretsmanager:DescribeSecret", "secretsmanager:PutSecretValue",
                                              "secretsmanager:UpdateSecretVersionStage", "kms:GenerateDataKey"},
    "OrdersFunctionRole": set(),
    "JwtOrdersFunctionRole": set(),
}
# What Moesif takes an access log of API Gateway by.
MOESIF_FIELDS = {"apiId", "requestId", "requestTime", "protocol", "httpMethod", "resourcePath", "requestHostHeader",
                 "requestUserAgentHeader", "status", "responseLength", "durationMs", "ip", "user", "companyId"}
# What a 401, 403 or 500 is joined to our own records by.
REFUSAL_FIELDS = {"errorMessage", "errorType", "authorizerError"}
# Where the template publishes versions.
ALIAS = "AuthorizerFunctionAliaslive"
# One of the list as a whole: neither a part of one, nor several.
EXACT_ORIGIN = '#if($origin && !$origin.contains(",") && ",${CorsOrigins},".contains(",$origin,"))'
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"}


def template():
    return yaml_parse(open(sys.argv[1] if len(sys.argv) > 1 else "template.yaml").read())


def transformed(change=lambda source: None):
    source = template()
    for resource in source["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    change(source)
    managed = {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
    session = boto3.Session(region_name="us-east-1")
    return Translator(managed, Parser(), boto_session=session).translate(source, {})["Resources"]


def door(method, schemes):
    if method.get("Fn::If", [""])[0] == "HasJwtAuthorizer":
        return door(method["Fn::If"][1], schemes)
    if "Fn::If" in method:
        return preflight(*method["Fn::If"])
    if method.get("x-amazon-apigateway-auth", {}).get("type") == "AWS_IAM":
        return "AWS_IAM"
    names = [name for requirement in method.get("security", []) for name in requirement]
    if len(names) == 1 and names[0] in schemes:
        return names[0]
    return "open to everybody"


def preflight(condition, method, otherwise):
    """Only where origins are allowed, and it reaches nobody: API Gateway answers by itself."""
    integration = method["x-amazon-apigateway-integration"]
    templates = integration["responses"]["default"]["responseTemplates"]
    if (condition != "AllowsOrigins" or otherwise != {"Ref": "AWS::NoValue"} or method["security"] != []
            or integration["type"] != "mock" or set(integration["responses"]) != {"default"}
            or EXACT_ORIGIN not in templates["application/json"]["Fn::Sub"]):
        return f"not a pre-flight: {method}"
    return "a pre-flight"


def check_browsers(resources):
    """Pages of the given origins alone may call, none of them with cookies, and without origins all is as if CORS were not there."""
    body = resources["HttpApi"]["Properties"]["Body"]
    condition, cors, otherwise = body["x-amazon-apigateway-cors"]["Fn::If"]
    given = transformed(lambda source: source["Parameters"]["CorsOrigins"].update(Default="https://a,https://b"))
    origins = given["HttpApi"]["Properties"]["Body"]["x-amazon-apigateway-cors"]["Fn::If"][1]["allowOrigins"]
    if (condition != "AllowsOrigins" or otherwise != {"Ref": "AWS::NoValue"} or "allowCredentials" in cors
            or origins != {"Fn::Split": [",", "https://a,https://b"]}):
        sys.exit(f"the pages that may call HttpApi are {body['x-amazon-apigateway-cors']}, {origins}")
    if template()["Resources"]["Api"]["Properties"].get("AlwaysDeploy") is not True:
        sys.exit("another CorsOrigins would not be deployed to Api's stage")
    condition, answers, otherwise = resources["Api"]["Properties"]["Body"][
        "x-amazon-apigateway-gateway-responses"]["Fn::If"]
    if (condition != "AllowsOrigins" or otherwise != {"Ref": "AWS::NoValue"} or set(answers) != {"DEFAULT_4XX", "DEFAULT_5XX"}
            or any("Credentials" in str(answer) or set(answer) != {"responseParameters"} for answer in answers.values())):
        sys.exit(f"the refusals of Api are {answers}")
    if template()["Conditions"]["AllowsOrigins"] != {"Fn::Not": [{"Fn::Equals": [{"Ref": "CorsOrigins"}, ""]}]}:
        sys.exit("pages may call without CorsOrigins")


def check_doors(name, body):
    schemes = body.get("components", {}).get("securitySchemes", {})
    doors = {(path, verb): door(method, schemes)
             for path, methods in body["paths"].items()
             for verb, method in methods.get("Fn::If", [None, methods])[1].items() if verb in METHODS}
    expected = EXPECTED_DOORS.get(name, PUBLISHED)
    if doors != expected:
        sys.exit(f"the doors of {name}'s routes are {doors}, expected {expected}")
    if name not in EXPECTED_DOORS:
        return None
    if name == "JwtApi":
        return schemes["ApiGateway"]["x-amazon-apigateway-authorizer"]
    authorizer = schemes["Latchkey"]["x-amazon-apigateway-authorizer"]
    if "authorizerResultTtlInSeconds" not in authorizer:
        sys.exit(f"the cache of {name}'s authorizer is not set")
    return authorizer


def check_http_api(authorizer, resources):
    expected = {"type": "request", "authorizerPayloadFormatVersion": "2.0", "enableSimpleResponses": None,
                "identitySource": ["$request.header.Authorization"]}
    actual = {member: authorizer.get(member) for member in expected}
    if actual != expected:
        sys.exit(f"the authorizer of HttpApi is {actual}, expected {expected}")
    stages = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::ApiGatewayV2::Stage"]
    if len(stages) != 3 or any(stage["StageName"] != "$default" for stage in stages):
        sys.exit(f"the stages of the HTTP APIs are {stages}, expected $default alone of each")
    if any(set(stage.get("DefaultRouteSettings", {})) != {"ThrottlingRateLimit", "ThrottlingBurstLimit"}
           for stage in stages):
        sys.exit("the requests to an HTTP API are not throttled")


def may_ask_the_authorizer(api, resources):
    asked = {"Ref": ALIAS} if ALIAS in resources else {"Fn::GetAtt": ["AuthorizerFunction", "Arn"]}
    for permission in (r["Properties"] for r in resources.values() if r["Type"] == "AWS::Lambda::Permission"):
        if permission["FunctionName"] == asked:
            source = permission["SourceArn"]["Fn::Sub"]
            if (permission["Action"] == "lambda:InvokeFunction"
                    and permission["Principal"] == "apigateway.amazonaws.com"
                    and source[0].endswith(":${__ApiId__}/authorizers/*") and source[1] == {"__ApiId__": {"Ref": api}}):
                return True
    return False


def check_version(resources):
    """Each release of the template must make a new version, or changed parameters would have no effect."""
    if ALIAS not in resources:
        return
    alias = resources[ALIAS]["Properties"]
    version = alias["FunctionVersion"]["Fn::GetAtt"][0]
    if resources[version]["Type"] != "AWS::Lambda::Version" or resources[version]["Properties"] != {
            "FunctionName": {"Ref": "AuthorizerFunction"}}:
        sys.exit(f"the alias of AuthorizerFunction is {alias}, expected the version of this release")
    next_release = transformed(lambda source: source["Resources"]["AuthorizerFunction"]["Properties"].update(
        AutoPublishCodeSha256="0" * 64))
    if version in next_release or (next_release["AuthorizerFunction"]["Properties"]["Description"]
                                   == resources["AuthorizerFunction"]["Properties"]["Description"]):
        sys.exit("the next release of AuthorizerFunction would be no version of its own")
    if resources["AuthorizerFunction"]["Properties"]["SnapStart"] != {"ApplyOn": "PublishedVersions"}:
        sys.exit("the versions of AuthorizerFunction have no snapshots")


def check_secrets_extension(resources):
    """The layer, its port and its cache go together, and only where the secret is read."""
    function = resources["AuthorizerFunction"]["Properties"]
    variables = function["Environment"]["Variables"]
    absent = {"Ref": "AWS::NoValue"}
    expected = [{"Fn::If": ["HasSecretsExtension", value, absent]}
                for value in ({"Ref": "SecretsExtensionLayerArn"}, "2773", "false")]
    actual = [function["Layers"][0], variables["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"],
              variables["PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED"]]
    if actual != expected or {"Condition": "AuthorizerReadsSecret"} not in template()["Conditions"][
            "HasSecretsExtension"]["Fn::And"]:
        sys.exit(f"the Secrets extension of AuthorizerFunction is {actual}, expected {expected}")


def check_own_layer(resources):
    layers = resources["AuthorizerFunction"]["Properties"]["Layers"]
    expected = {"Fn::If": ["HasAuthorizerLayer", {"Ref": "AuthorizerLayerArn"}, {"Ref": "AWS::NoValue"}]}
    if layers[1:] != [expected]:
        sys.exit(f"the layers of AuthorizerFunction are {layers}, expected {expected} as the second")


def check_retained(name, resources):
    resource = resources[name]
    if resource["DeletionPolicy"] != "Retain" or resource["UpdateReplacePolicy"] != "Retain":
        sys.exit(f"{name} is not retained")


def check_decryption(resources):
    """A key decrypts the secret alone, and for functions alone that read it."""
    via = {"StringEquals": {"kms:ViaService": {"Fn::Sub": "secretsmanager.${AWS::Region}.${AWS::URLSuffix}"}}}
    expected = {"AuthorizerFunctionRole": "AuthorizerDecrypts", "IssueKeyFunctionRole": "HasKmsKey",
                "PublishFunctionRole": "HasKmsKey",
                "RotateKeysFunctionRole": "HasKmsKey"}
    found = {}
    for name, role in ((n, r) for n, r in resources.items() if r["Type"] == "AWS::IAM::Role"):
        for policy in role["Properties"].get("Policies", []):
            condition, policy = policy.get("Fn::If", [None, policy])[:2]
            for statement in policy["PolicyDocument"]["Statement"]:
                if "kms:Decrypt" in statement["Action"]:
                    found[name] = condition
                    if statement.get("Condition") != via or statement["Resource"] != {"Ref": "SecretKmsKeyArn"}:
                        sys.exit(f"{name} may decrypt more than the secret: {statement}")
    conditions = template()["Conditions"]["AuthorizerDecrypts"]["Fn::And"]
    if found != expected or conditions != [{"Condition": "HasKmsKey"}, {"Condition": "AuthorizerReadsSecret"}]:
        sys.exit(f"these may decrypt the secret: {found}, expected {expected}")
    if resources["SigningSecret"]["Properties"]["KmsKeyId"] != {
            "Fn::If": ["HasKmsKey", {"Ref": "SecretKmsKeyArn"}, {"Ref": "AWS::NoValue"}]}:
        sys.exit("the created secret is not encrypted with the key that is given")


def check_signing(resources):
    """Keys of KMS sign for the two functions that sign, where they are named, and no other key does."""
    expected = {"Effect": "Allow", "Action": sorted(SIGNS), "Resource": {"Fn::Split": [",", {"Ref": "SigningKmsKeys"}]}}
    found = set()
    for name, role in ((n, r) for n, r in resources.items() if r["Type"] == "AWS::IAM::Role"):
        for policy in role["Properties"].get("Policies", []):
            condition, policy = policy.get("Fn::If", [None, policy])[:2]
            for statement in policy["PolicyDocument"]["Statement"]:
                if SIGNS & set(statement["Action"]):
                    found.add(name)
                    if condition != "SignsWithKms" or statement != expected:
                        sys.exit(f"{name} may sign with more than SigningKmsKeys: {statement}")
    if found != {"IssueKeyFunctionRole", "PublishFunctionRole"}:
        sys.exit(f"these may sign with KMS: {found}")


def check_left_behind(resources):
    for name, group in ((n, r) for n, r in resources.items() if r["Type"] == "AWS::Logs::LogGroup"):
        if (group["DeletionPolicy"], group["UpdateReplacePolicy"]) != ("RetainExceptOnCreate", "Retain"):
            sys.exit(f"{name} goes with the stack")


def check_table(resources):
    check_retained("KeysTable", resources)
    table = resources["KeysTable"]["Properties"]
    if (table["DeletionProtectionEnabled"] is not True or table["BillingMode"] != "PAY_PER_REQUEST"
            or table["TimeToLiveSpecification"] != {"AttributeName": "ttl", "Enabled": True}
            or table["PointInTimeRecoverySpecification"] != {"PointInTimeRecoveryEnabled": True}):
        sys.exit(f"KeysTable is {table}, expected protected, on demand, with a time to live and point-in-time recovery")
    policies = str({name: r["Properties"].get("Policies") for name, r in resources.items()
                    if r["Type"] == "AWS::IAM::Role"})
    if policies.count("dynamodb:PutItem") != 1 or "dynamodb:PutItem" not in str(resources["IssueKeyFunctionRole"]):
        sys.exit("not IssueKeyFunction alone may write to KeysTable")


def check_rotation(resources):
    """Secrets Manager alone may call the function, for this account; it rotates the stack's secret, if asked to."""
    permission = resources["RotateKeysPermission"]["Properties"]
    if permission != {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "RotateKeysFunction"},
                      "Principal": "secretsmanager.amazonaws.com", "SourceAccount": {"Ref": "AWS::AccountId"}}:
        sys.exit(f"RotateKeysPermission is {permission}")
    secret = {"Fn::If": ["CreatesSecret", {"Ref": "SigningSecret"}, {"Ref": "SecretArn"}]}
    schedule = resources["RotationSchedule"]
    if schedule["Condition"] != "Rotates" or schedule["Properties"]["SecretId"] != secret:
        sys.exit(f"RotationSchedule is {schedule}")
    for statement in (s for p in resources["RotateKeysFunctionRole"]["Properties"]["Policies"] if "Fn::If" not in p
                      for s in p["PolicyDocument"]["Statement"]):
        if statement["Resource"] != secret:
            sys.exit(f"RotateKeysFunction may do this with more than its secret: {statement}")


def check_concurrency(resources):
    for name in ("Authorizer", "Publish"):
        if resources[f"{name}Function"]["Properties"]["ReservedConcurrentExecutions"] != {
                "Fn::If": [f"Has{name}Concurrency", {"Ref": f"{name}Concurrency"}, {"Ref": "AWS::NoValue"}]}:
            sys.exit(f"the concurrency of {name}Function cannot be reserved")


def check_alarms(resources):
    """Without a topic there is no alarm that costs anything but the one of a failed rotation."""
    for name, alarm in ((n, r) for n, r in resources.items() if r["Type"] == "AWS::CloudWatch::Alarm"):
        if name != "RotationAlarm" and (alarm["Condition"] not in ("HasAlarmTopic", "AlarmsOnMetrics")
                                        or alarm["Properties"]["AlarmActions"] != [{"Ref": "AlarmTopicArn"}]):
            sys.exit(f"{name} costs without telling anybody: {alarm}")
    if {"Condition": "HasAlarmTopic"} not in template()["Conditions"]["AlarmsOnMetrics"]["Fn::And"]:
        sys.exit("alarms on metrics are made without a topic")


def check_access_log(type_of_stage, member, resources):
    stages = [r["Properties"] for r in resources.values() if r["Type"] == type_of_stage and member in r["Properties"]]
    switch, on, off = stages[0][member]["Fn::If"]
    if len(stages) != 1 or switch != "WritesAccessLog" or off != {"Ref": "AWS::NoValue"}:
        sys.exit(f"the access log of {type_of_stage} cannot be switched")
    fields = json.loads(on["Format"])
    if not REFUSAL_FIELDS <= set(fields):
        sys.exit(f"the access log of {type_of_stage} does not tell why a request was refused")
    if not MOESIF_FIELDS <= set(fields) or fields["companyId"] != "$context.authorizer.company_id":
        sys.exit(f"the access log of {type_of_stage} has the fields {fields}, of which Moesif needs {MOESIF_FIELDS}")


def check_jwt_api(authorizer, resources):
    """API Gateway checks the issuer and audience that keys are given, and nobody has the API who has not asked for it."""
    expected = {"type": "jwt", "identitySource": "$request.header.Authorization",
                "jwtConfiguration": {"issuer": {"Ref": "Issuer"}, "audience": {"Fn::Split": [",", {"Ref": "Audience"}]}}}
    if authorizer != expected:
        sys.exit(f"the authorizer of JwtApi is {authorizer}, expected {expected}")
    for name, resource in resources.items():
        if name.startswith("Jwt") and resource.get("Condition") != "HasJwtAuthorizer":
            sys.exit(f"{name} is made without being asked for")


def main():
    resources = transformed()
    for name in EXPECTED_DOORS:
        authorizer = check_doors(name, resources[name]["Properties"]["Body"])
        if name == "HttpApi":
            check_http_api(authorizer, resources)
        if name == "JwtApi":
            check_jwt_api(authorizer, resources)
        elif not may_ask_the_authorizer(name, resources):
            sys.exit(f"API Gateway may not call the authorizer for {name}")
    check_doors("PublishApi", resources["PublishApi"]["Properties"]["Body"])
    check_browsers(resources)
    check_version(resources)
    check_secrets_extension(resources)
    check_own_layer(resources)
    check_retained("SigningSecret", resources)
    check_table(resources)
    check_decryption(resources)
    check_signing(resources)
    check_left_behind(resources)
    check_concurrency(resources)
    check_alarms(resources)
    check_rotation(resources)
    check_access_log("AWS::ApiGateway::Stage", "AccessLogSetting", resources)
    check_access_log("AWS::ApiGatewayV2::Stage", "AccessLogSettings", resources)
    for name, role in ((n, r) for n, r in resources.items() if r["Type"] == "AWS::IAM::Role"):
        for policy in role["Properties"].get("Policies", []):
            condition, policy = policy.get("Fn::If", [None, policy])[:2]
            for statement in policy["PolicyDocument"]["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                of_plan = condition == "HasUsagePlan" and set(actions) <= USAGE_PLAN and statement["Resource"] in API_KEYS
                if (not set(actions) <= MAY[name] or "*" in str(statement["Resource"])
                        or name == "IssueKeyFunctionRole" and set(actions) & USAGE_PLAN) and not of_plan:
                    sys.exit(f"{name} may do more than is expected of it: {statement}")
    print("the routes of all APIs, the secret, the table and the functions' permissions are as they should be")


main()
