"""Stacks of template.yaml in AWS's emulator for scripts/test-doctor: a healthy one, and one for each way in which somebody breaks
a deployment by hand. Prints the name of each, what scripts/doctor must find, and by which check."""

import io
import json
import os
import sys
import zipfile

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

SECRET = "secret-of-the-doctor-" + "0123456789abcdef" * 4
RING = {"keys": [{"kty": "oct", "kid": kid, "alg": "HS256", "k": "A" * 43, "status": "previous"} for kid in "ab"]}
# What the emulator makes itself. It knows no secrets and no HTTP APIs in a stack, and no bodies of REST APIs.
KINDS = {"AWS::IAM::Role", "AWS::Lambda::Function", "AWS::Lambda::Permission", "AWS::Logs::LogGroup", "AWS::SQS::Queue",
         "AWS::DynamoDB::Table", "AWS::ApiGateway::RestApi"}
NOTHING = {"Ref": "AWS::NoValue"}

(cloudformation, functions, tables, secrets, logs, rest, http, storage) = (
    boto3.client(name) for name in (
        "cloudformation", "lambda", "dynamodb", "secretsmanager", "logs", "apigateway", "apigatewayv2", "s3"))


def package():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("empty", "")
    storage.create_bucket(Bucket="packages")
    storage.put_object(Bucket="packages", Key="empty.zip", Body=content.getvalue())


def decided(template):
    """The template without conditions, which the emulator does not know all of."""
    parameters = {name: parameter.get("Default") for name, parameter in template["Parameters"].items()}

    def holds(condition):
        if isinstance(condition, str):
            return holds(template["Conditions"][condition])
        (kind, value), = condition.items()
        if kind == "Condition":
            return holds(value)
        if kind == "Fn::Not":
            return not holds(value[0])
        if kind in ("Fn::And", "Fn::Or"):
            return (all if kind == "Fn::And" else any)(holds(one) for one in value)
        one, other = (parameters.get(side.get("Ref")) if isinstance(side, dict) else side for side in value)
        return str(one) == str(other)

    def walk(value):
        if isinstance(value, dict):
            if set(value) == {"Fn::If"}:
                condition, one, other = value["Fn::If"]
                return walk(one if holds(condition) else other)
            return {name: walked for name, walked in ((name, walk(one)) for name, one in value.items()) if walked != NOTHING}
        if isinstance(value, list):
            return [walked for walked in map(walk, value) if walked != NOTHING]
        return value

    def there(resource):
        return "Condition" not in resource or holds(resource["Condition"])

    return {
        "Parameters": {name: {"Type": "String", "Default": str(parameter.get("Default", ""))}
                       for name, parameter in template["Parameters"].items()},
        "Resources": {name: {key: one for key, one in walk(resource).items() if key in ("Type", "Properties")}
                      for name, resource in template["Resources"].items() if resource["Type"] in KINDS and there(resource)},
        "Outputs": {name: walk(output) for name, output in template["Outputs"].items() if there(output)},
    }


def plain():
    """template.yaml as AWS's own transformation makes it, in terms that the emulator has."""
    with open("template.yaml", encoding="utf-8") as file:
        source = yaml_parse(file.read())
    for resource in source["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://packages/empty.zip"
    policies = {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
    template = decided(Translator(policies, Parser()).translate(source, {}))
    template["Parameters"]["Architecture"]["Default"] = "x86_64"
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::ApiGateway::RestApi":
            resource["Properties"] = {"Name": "api"}
    return template


class Stack:
    """One stack, whole."""

    def __init__(self, name, template):
        self.name = name
        self.http_api = http.create_api(Name=name, ProtocolType="HTTP")["ApiId"]
        self.secret = secrets.create_secret(Name=name, SecretString=SECRET)["ARN"]
        for part, value in (("HttpApi", self.http_api), ("PublishApi", "lists"), ("SigningSecret", self.secret)):
            template["Parameters"][part] = {"Type": "String", "Default": value}
        cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
        self.parts = {resource["LogicalResourceId"]: resource.get("PhysicalResourceId") for resource in
                      cloudformation.list_stack_resources(StackName=name)["StackResourceSummaries"]}
        self.table, self.api = self.parts["KeysTable"], self.parts["Api"]
        self.authorizer, self.issue_key = self.parts["AuthorizerFunction"], self.parts["IssueKeyFunction"]
        self.table_lives("ttl")
        self.recovers(True)
        self.authorizer_log, self.issue_key_log = self.parts["AuthorizerLogGroup"], self.parts["IssueKeyLogGroup"]
        for group in (self.authorizer_log, self.issue_key_log):
            # The emulator keeps the template's number as a text.
            logs.put_retention_policy(logGroupName=group, retentionInDays=30)
        uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations"
        self.uri = uri.format(functions.get_function_configuration(FunctionName=self.authorizer)["FunctionArn"])
        self.rest_authorizer = rest.create_authorizer(
            restApiId=self.api, name="Latchkey", type="TOKEN", authorizerUri=self.uri,
            identitySource="method.request.header.Authorization", authorizerResultTtlInSeconds=300)["id"]
        self.http_authorizer = http.create_authorizer(
            ApiId=self.http_api, Name="Latchkey", AuthorizerType="REQUEST", AuthorizerUri=self.uri,
            AuthorizerPayloadFormatVersion="2.0", EnableSimpleResponses=False, AuthorizerResultTtlInSeconds=300,
            IdentitySource=["$request.header.Authorization"])["AuthorizerId"]
        http.create_route(ApiId=self.http_api, RouteKey="GET /orders", AuthorizationType="CUSTOM",
                          AuthorizerId=self.http_authorizer)

    def variables(self, function, **changed):
        now = functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        functions.update_function_configuration(FunctionName=function, Environment={"Variables": now | changed})

    def door(self, **changed):
        self.variables(self.authorizer, **changed)

    def issuer(self, **changed):
        self.variables(self.issue_key, **changed)

    def table_lives(self, attribute, enabled=True):
        tables.update_time_to_live(TableName=self.table, TimeToLiveSpecification={
            "Enabled": enabled, "AttributeName": attribute})

    def recovers(self, enabled):
        tables.update_continuous_backups(TableName=self.table, PointInTimeRecoverySpecification={
            "PointInTimeRecoveryEnabled": enabled})

    def unprotected(self):
        tables.update_table(TableName=self.table, DeletionProtectionEnabled=False)

    def no_table(self):
        self.unprotected()
        tables.delete_table(TableName=self.table)

    def flat_table(self):
        tables.create_table(TableName=self.name, BillingMode="PAY_PER_REQUEST",
                            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
        self.issuer(PLUGIN_JWT_KEYS_TABLE=self.name)

    def holds(self, text):
        secrets.put_secret_value(SecretId=self.secret, SecretString=text)

    def forbids(self, function, part):
        for statement in json.loads(functions.get_policy(FunctionName=function)["Policy"])["Statement"]:
            if part in json.dumps(statement):
                functions.remove_permission(FunctionName=function, StatementId=statement["Sid"])

    def asks(self, **changed):
        rest.update_authorizer(restApiId=self.api, authorizerId=self.rest_authorizer, patchOperations=[
            {"op": "replace", "path": f"/{path}", "value": value} for path, value in changed.items()])

    def http_asks(self, **changed):
        http.update_authorizer(ApiId=self.http_api, AuthorizerId=self.http_authorizer, **changed)

    def machine(self, function, **changed):
        functions.update_function_configuration(FunctionName=function, **changed)

    def fares(self, function, **tags):
        """Has scripts/doctor-aws.py tell this of the function's state."""
        functions.tag_resource(
            Resource=functions.get_function_configuration(FunctionName=function)["FunctionArn"], Tags=tags)


# What the line of scripts/doctor has: the check, and what it found; and what makes it so.
WAYS = [
    ("the table: time to live", "off", lambda one: one.table_lives("ttl", False)),
    ("the table: time to live", "by expires", lambda one: (one.table_lives("ttl", False), one.table_lives("expires"))),
    ("the table: deletion protection", "off", Stack.unprotected),
    ("the table: point-in-time recovery", "off", lambda one: one.recovers(False)),
    ("the table", "not found", Stack.no_table),
    ("the table: key schema", "id HASH S", Stack.flat_table),
    ("the secret's form", "needs at least 256 bits", lambda one: one.holds("short")),
    ("the secret's form", "PEM", lambda one: one.holds("-----BEGIN PRIVATE KEY-----x")),
    ("the secret's form", "exactly one key with the status active, got 0", lambda one: one.holds(json.dumps(RING))),
    ("the secret's form", "holds keys and values", lambda one: one.holds('{"JWT_SECRET": "' + "a" * 64 + '"}')),
    ("the secret", "it is deleted on", lambda one: secrets.delete_secret(SecretId=one.secret)),
    ("the secret", "can't find the specified secret", lambda one: (
        one.door(PLUGIN_JWT_SECRET_ID="other"), one.issuer(PLUGIN_JWT_SECRET_ID="other"))),
    ("API [a-z0-9]+: may ask the authorizer", "API Gateway may not invoke", lambda one: one.forbids(one.authorizer, one.api)),
    ("API [a-z0-9]+: may call issue-key", "may not invoke it for POST /create-key ", lambda one: one.forbids(
        one.issue_key, "create-key")),
    ("API [a-z0-9]+: answers kept", "300 s, although POLICY_SCOPE is method", lambda one: one.door(POLICY_SCOPE="method")),
    ("API [a-z0-9]+: answers kept", "60 s", lambda one: one.asks(authorizerResultTtlInSeconds="60")),
    ("API [a-z0-9]+: time until a revocation counts", "300 s kept, issue-key reckons with 60 s", lambda one: one.issuer(
        PLUGIN_JWT_AUTHORIZER_TTL="60")),
    ("API [a-z0-9]+: identity source", "method.request.header.x-api-key", lambda one: one.asks(
        identitySource="method.request.header.X-Api-Key")),
    ("API [a-z0-9]+: form of answers", "it expects simple responses", lambda one: one.http_asks(EnableSimpleResponses=True)),
    ("API [a-z0-9]+: authorizer", "none of it asks", lambda one: one.asks(
        authorizerUri=one.uri.replace("AuthorizerFunction", "Other"))),
    ("both functions: issuer", "issue-key https://a.example, the authorizer https://b.example", lambda one: (
        one.issuer(PLUGIN_JWT_ISSUER="https://a.example"), one.door(JWT_ISSUER="https://b.example"))),
    ("both functions: audience", "issue-key has none, the authorizer orders", lambda one: one.door(JWT_AUDIENCE="orders")),
    ("both functions: company id", "issue-key org_id, the authorizer tenant", lambda one: one.door(
        PLUGIN_JWT_COMPANY_ID_FIELD="tenant")),
    ("both functions: user id", "issue-key uid, the authorizer sub", lambda one: one.issuer(PLUGIN_JWT_USER_ID_FIELD="uid")),
    ("both functions: status list base", "the authorizer has none", lambda one: one.door(PLUGIN_JWT_STATUS_LIST_BASE="")),
    ("both functions: secret", "not the same", lambda one: one.door(PLUGIN_JWT_SECRET_ID="other")),
    ("both functions: runtime and architecture", "java25, x86_64, the authorizer java21, x86_64", lambda one: one.machine(
        one.authorizer, Runtime="java21")),
    ("the authorizer: runtime", "python3.13", lambda one: one.machine(one.authorizer, Runtime="python3.13")),
    ("the authorizer: settings", "JWT_CLOCK_SKEW", lambda one: one.door(JWT_CLOCK_SKEW="99")),
    ("the authorizer: settings", "JWT_ISSUERR: is not a setting", lambda one: one.door(JWT_ISSUERR="a")),
    ("the authorizer: settings", "it starts, and leaves out JWT_OF_TOMORROW",
     lambda one: one.door(JWT_OF_TOMORROW="a", LATCHKEY_SETTINGS="00000000")),
    ("the authorizer: settings", "SCOPE_ROUTES", lambda one: one.door(SCOPE_ROUTES="orders", POLICY_SCOPE="")),
    ("issue-key: settings", "PLUGIN_JWT_EXPIRES_IN", lambda one: one.issuer(PLUGIN_JWT_EXPIRES_IN="")),
    ("issue-key: settings", "PLUGIN_JWT_FLUSH_QUEUE_URL", lambda one: one.issuer(PLUGIN_JWT_FLUSH_QUEUE_URL="queue")),
    ("issue-key: settings", "MOESIF_BASE_URI", lambda one: one.issuer(MOESIF_APPLICATION_ID="a", MOESIF_BASE_URI="http://a")),
    ("the authorizer: log group", "there is no ", lambda one: logs.delete_log_group(
        logGroupName=one.authorizer_log)),
    ("issue-key: log group", "kept for ever", lambda one: logs.delete_retention_policy(
        logGroupName=one.issue_key_log)),
    ("the authorizer: log format", "Text +JSON", lambda one: one.machine(
        one.authorizer, LoggingConfig={"LogFormat": "Text", "LogGroup": one.authorizer_log})),
    ("the authorizer: timeout", "3 s", lambda one: one.machine(one.authorizer, Timeout=3)),
    ("issue-key: memory", "128 MB", lambda one: one.machine(one.issue_key, MemorySize=128)),
    ("the authorizer: handler", "example.Handler", lambda one: one.machine(one.authorizer, Handler="example.Handler")),
    ("the authorizer: concurrency", "0 reserved", lambda one: functions.put_function_concurrency(
        FunctionName=one.authorizer, ReservedConcurrentExecutions=0)),
    ("issue-key: the function", "its last update failed: The key is disabled", lambda one: one.fares(
        one.issue_key, LastUpdateStatus="Failed", LastUpdateStatusReason="The key is disabled")),
    ("issue-key: the function", "it is Failed: The subnet is full", lambda one: one.fares(
        one.issue_key, State="Failed", StateReason="The subnet is full")),
    ("issue-key: the function", "not found", lambda one: functions.delete_function(FunctionName=one.issue_key)),
]


def operator():
    """Credentials of somebody who may describe stacks, and nothing else."""
    users = boto3.client("iam")
    users.create_user(UserName="operator")
    statement = {"Effect": "Allow", "Action": "cloudformation:DescribeStacks", "Resource": "*"}
    users.put_user_policy(UserName="operator", PolicyName="stacks", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [statement]}))
    key = users.create_access_key(UserName="operator")["AccessKey"]
    print(key["AccessKeyId"], key["SecretAccessKey"])


def main():
    package()
    template = plain()
    text = json.dumps(template)
    Stack("healthy", json.loads(text))
    for number, (check, found, broken) in enumerate(WAYS, 1):
        one = Stack(f"broken{number}", json.loads(text))
        broken(one)
        print(one.name, check, found, sep="\t")


if __name__ == "__main__":
    sys.exit(operator() if sys.argv[1:] == ["operator"] else main())
