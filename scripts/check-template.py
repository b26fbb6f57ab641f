"""Checks what AWS SAM makes of template.yaml: which routes are open to whom, and what the functions may do."""

import sys

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

EXPECTED_DOORS = {
    ("/orders", "get"): "Latchkey",
    ("/create-key", "post"): "AWS_IAM",
    ("/provision-user", "post"): "AWS_IAM",
    ("/user", "get"): "AWS_IAM",
}
MAY = {"secretsmanager:GetSecretValue", "kms:Decrypt"}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"}


def transformed():
    template = yaml_parse(open("template.yaml").read())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    managed = {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
    session = boto3.Session(region_name="us-east-1")
    return Translator(managed, Parser(), boto_session=session).translate(template, {})["Resources"]


def door(method, schemes):
    if method.get("x-amazon-apigateway-auth", {}).get("type") == "AWS_IAM":
        return "AWS_IAM"
    names = [name for requirement in method.get("security", []) for name in requirement]
    if len(names) == 1 and names[0] in schemes:
        return names[0]
    return "open to everybody"


def main():
    resources = transformed()
    body = resources["Api"]["Properties"]["Body"]
    schemes = body["components"]["securitySchemes"]
    doors = {(path, verb): door(method, schemes)
             for path, methods in body["paths"].items() for verb, method in methods.items() if verb in METHODS}
    if doors != EXPECTED_DOORS:
        sys.exit(f"the routes' doors are {doors}, expected {EXPECTED_DOORS}")
    if "authorizerResultTtlInSeconds" not in schemes["Latchkey"]["x-amazon-apigateway-authorizer"]:
        sys.exit("the authorizer's cache is not set")
    secret = resources["SigningSecret"]
    if secret["DeletionPolicy"] != "Retain" or secret["UpdateReplacePolicy"] != "Retain":
        sys.exit("the signing secret is not retained")
    for role in (r for r in resources.values() if r["Type"] == "AWS::IAM::Role"):
        for policy in role["Properties"]["Policies"]:
            policy = policy.get("Fn::If", [None, policy])[1]
            for statement in policy["PolicyDocument"]["Statement"]:
                if statement["Action"] not in MAY or "*" in str(statement["Resource"]):
                    sys.exit(f"a function may do more than read its secret: {statement}")
    print("the routes, the secret and the functions' permissions are as they should be")


main()
