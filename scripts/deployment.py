"""What scripts/deploy does besides: reads the parameters that AWS SAM CLI is given, and tries what it deployed."""

import json
import shlex
import subprocess
import sys

import boto3
import tomlkit
from botocore.exceptions import BotoCoreError, ClientError

# Layers are AWS's, and a plugin lies in one: what starts here has none.
ELSEWHERE = {"SecretsExtensionLayerArn", "PluginLayerArn", "AuthorizerLayerArn", "Provider"}
# The plugins whose keys Latchkey's doors let in.
OWN_PLUGINS = ("jwt", "aws")
CUSTOMER = {"customerId": "latchkey-deployment-check", "email": "latchkey-deployment-check@example.com"}


def option(arguments, name, several=False):
    """The values behind an option, of which several end at the next one."""
    values = []
    for index, argument in enumerate(arguments):
        if argument == name:
            for value in arguments[index + 1:]:
                if value.startswith("--") or values and not several:
                    break
                values.append(value)
        elif argument.startswith(name + "="):
            values.append(argument[len(name) + 1:])
    return values


def configured(arguments, name):
    """What samconfig.toml says of the deployment; empty where there is no such file."""
    file = (option(arguments, "--config-file") or ["samconfig.toml"])[0]
    environment = (option(arguments, "--config-env") or ["default"])[0]
    try:
        with open(file, encoding="utf-8") as source:
            tables = tomlkit.load(source).get(environment, {})
    except FileNotFoundError:
        return ""
    for command in ("deploy", "global"):
        value = tables.get(command, {}).get("parameters", {}).get(name)
        if value is not None:
            return value
    return ""


def parameters(arguments):
    """What the functions are tried with here before a deployment."""
    return {name: value for name, value in all_parameters(arguments).items() if name not in ELSEWHERE}


def all_parameters(arguments):
    words = option(arguments, "--parameter-overrides", several=True)
    if not words:
        words = configured(arguments, "parameter_overrides")
        words = shlex.split(words) if isinstance(words, str) else words
    # AWS SAM CLI takes the quotes that it needs off again.
    pairs = dict(shlex.split(word)[0].split("=", 1) if word.count("=") and word[-1] in "'\"" else word.split("=", 1)
                 for word in words)
    return in_the_stack(arguments) | pairs


def in_the_stack(arguments):
    """What a deployment that does not name them leaves as it is; secrets, which AWS does not tell, are not among them."""
    stack, region, profile = where_it_is(arguments)
    if not stack:
        return {}
    try:
        session = boto3.Session(profile_name=profile or None, region_name=region or None)
        stacks = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except (BotoCoreError, ClientError):
        return {}
    return {one["ParameterKey"]: one["ParameterValue"]
            for one in stacks[0].get("Parameters", []) if one["ParameterValue"] != "****"}


def where_it_is(arguments):
    """The name and the region of the stack, and the profile of AWS's configuration, each empty where they are not said."""
    return [(option(arguments, "--" + name.replace("_", "-")) or [configured(arguments, name)])[0]
            for name in ("stack_name", "region", "profile")]


def json_of(*command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def call(sam, arguments):
    stack, region, profile = where_it_is(arguments)
    if not stack:
        print("the doors were not called: the stack's name is not among the arguments, nor in samconfig.toml")
        return 0
    provider = all_parameters(arguments).get("Provider", OWN_PLUGINS[0])
    if provider not in OWN_PLUGINS:
        print(f"the doors were not called: keys of {provider} are for other doors than these")
        return 0
    where = ["--stack-name", stack]
    where += [word for name, value in (("--region", region), ("--profile", profile)) if value
              for word in (name, value)]
    outputs = {output["OutputKey"]: output["OutputValue"]
               for output in json_of(sam, "list", "stack-outputs", "--output", "json", *where)}
    issued = invoke(sam, where, {"action": "createApiKey", **CUSTOMER})
    try:
        return subprocess.run(["scripts/doors", outputs["ApiUrl"], outputs["HttpApiUrl"]],
                              input=issued["apikey"] + "\n", text=True, check=False).returncode
    finally:
        invoke(sam, where, {"action": "revokeApiKey", "apikey": issued["apikey"]})
        print("the key was revoked")


def invoke(sam, where, event):
    """The answer of issue-key; the event goes by standard input, since it may hold a key."""
    return json.loads(subprocess.run([sam, "remote", "invoke", "IssueKeyFunction", "--event-file", "-", *where],
                                     input=json.dumps(event), check=True, stdout=subprocess.PIPE, text=True).stdout)


def remembered(arguments):
    """What samconfig.toml needs for later deployments. Parameters are not in it: the stack remembers them."""
    stack, region, profile = where_it_is(arguments)
    bucket = option(arguments, "--s3-bucket")
    parameters = {"stack_name": stack, "region": region or boto3.Session(profile_name=profile or None).region_name,
                  "profile": profile, "s3_bucket": bucket and bucket[0], "resolve_s3": not bucket}
    parameters = {name: value for name, value in parameters.items() if value}
    environment = (option(arguments, "--config-env") or ["default"])[0]
    return tomlkit.dumps({"version": 0.1, environment: {"deploy": {"parameters": parameters}}})


def main(task, *arguments):
    if task == "remember":
        sys.stdout.write(remembered(list(arguments)))
        return 0
    if task == "parameters":
        for name, value in parameters(list(arguments)).items():
            sys.stdout.write(f"{name}={value}\0")
        return 0
    return call(arguments[0], list(arguments[1:]))


sys.exit(main(*sys.argv[1:]))
