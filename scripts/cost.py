"""Reckons what a stack costs in a month, by scripts/prices.json, and holds the tables of docs/cost.md against it. With --write
it writes them."""

import json
import math
import re
import sys

from samcli.yamlhelper import yaml_parse

PAGE = "docs/cost.md"
RATES = (1, 100, 10_000)
KEYS = (10_000, 1_000_000, 100_000_000)
ENVIRONMENTS = 1000
KEYS_IN_A_LIST = 65_536
REVOKED = 0.01
RENEWED_AFTER = 3.2
SECONDS = 730 * 3600
MILLION = 1_000_000
SETTINGS = (
    ("the defaults", {}),
    ("`AuthorizerTtl=0`", {"ttl": 0}),
    ("`AuthorizerTtl=60`", {"ttl": 60}),
    ("`AuthorizerTtl=3600`", {"ttl": 3600}),
    ("`MemorySize=512`", {"memory": 512}),
    ("`MemorySize=2048`", {"memory": 2048}),
    ("`Architecture=x86_64`", {"architecture": "x86_64"}),
    ("`Metrics=off`", {"metrics": False}),
    ("`LogLevel=WARN`, which also ends the metrics of decisions", {"logs": False}),
    ("`AuthorizerTtl=0`, `Metrics=off`", {"ttl": 0, "metrics": False}),
    ("`SystemLogLevel=WARN`", {"system": False}),
    ("`AuthorizerTtl=0`, `Metrics=off`, `SystemLogLevel=WARN`", {"ttl": 0, "metrics": False, "system": False}),
    ("no status lists (keys of another issuer, without)", {"lists": False}),
    ("`Dashboard=off`", {"dashboard": False}),
    ("`AlarmTopicArn` set", {"alarms": True}),
)

with open("scripts/prices.json", encoding="utf-8") as file:
    DATA = json.load(file)
ASSUMED = DATA["assumed"]
RECORD = DATA["measured"]["bytes of the record of an allowed call, with metrics"]


def price(name, amount=1.0):
    """What an amount costs, by its steps where the price has some."""
    entry = DATA["prices"][name]
    total = 0.0
    for width, dollars in entry.get("steps", [[None, entry.get("dollars")]]):
        part = amount if width is None else min(amount, width)
        total += part * dollars
        amount -= part
    return total


def alarm_metrics(always):
    """How many metrics the alarms are on that are always there, or with a topic besides."""
    with open("template.yaml", encoding="utf-8") as template:
        resources = yaml_parse(template.read())["Resources"]
    count = 0
    for alarm in (r for r in resources.values() if r["Type"] == "AWS::CloudWatch::Alarm"):
        if ("Condition" not in alarm) == always:
            count += sum("MetricStat" in query for query in alarm["Properties"].get("Metrics", [{"MetricStat": {}}]))
    return count


def idle(dashboard=True, alarms=False):
    polls = ASSUMED["requests to an idle queue in a minute, by Lambda"] * SECONDS / 60
    return {
        "the secret": price("a secret"),
        "the dashboard": price("a dashboard") if dashboard else 0.0,
        "the alarm of a failed rotation": alarm_metrics(True) * price("a metric of an alarm"),
        "Lambda's looking into the flush queue": price("SQS, a million requests", polls / MILLION),
        "alarms": alarm_metrics(False) * price("a metric of an alarm") if alarms else 0.0,
    }


def compute(seconds, memory, architecture):
    return price(f"Lambda on {architecture}, a GB-second", seconds * SECONDS * memory / 1024)


def environments(rate, milliseconds):
    spread = ASSUMED["environments for each that would do if calls came evenly"]
    return max(1, math.ceil(rate * milliseconds / 1000 * spread))


def asked(rate, ttl):
    """How often in a second API Gateway asks the authorizer: for refused calls, and once for each key and its time to live."""
    refused = ASSUMED["share of calls that are refused"]
    kept = max(1, ttl / ASSUMED["seconds between two calls with the same key"])
    return rate * refused, rate * (1 - refused) / kept


def used(rate, ttl=300, memory=1024, architecture="arm64", metrics=True, logs=True, lists=True, system=True, **_):
    refused, allowed = asked(rate, ttl)
    calls = refused + allowed
    own = ASSUMED["milliseconds that Lambda bills for a call of the authorizer"]
    busy = environments(calls, own)
    fetches = min(calls, busy / ASSUMED["seconds between two fetches of a busy environment"]) if lists else 0
    fetch = ASSUMED["milliseconds more where a call fetches a status list"]
    publishing = ASSUMED["milliseconds that Lambda bills for publishing a list"]
    readings = min(fetches, environments(fetches, publishing))
    records = 0.0 if not logs else refused + (allowed + fetches if metrics else 0)
    own_records = ASSUMED["bytes of Lambda's own two records of a call"] if system else 0
    bytes_logged = records * RECORD + (calls + fetches) * own_records
    counted = ASSUMED["metrics without those by reason"] + ASSUMED["different reasons in a month"]
    secrets = min(calls, busy / ASSUMED["seconds between two readings of the secret by the authorizer"]) + min(
        fetches, environments(fetches, publishing) / ASSUMED["seconds between two readings of the secret by publish"])
    return {
        "calls of the authorizer": price("Lambda, a million calls", calls * SECONDS / MILLION),
        "its time": compute((calls * own + fetches * fetch) / 1000, memory, architecture),
        "logs": price("Lambda's logs, a GB", bytes_logged * SECONDS / 1e9),
        "metrics": counted * price("a metric") if metrics and logs else 0.0,
        "status lists: API, function, table": price("HTTP API, a million calls", fetches * SECONDS / MILLION)
        + price("Lambda, a million calls", fetches * SECONDS / MILLION)
        + compute(fetches * publishing / 1000, memory, architecture)
        + price("DynamoDB, a million read units", readings * SECONDS / MILLION
                * ASSUMED["read units for a reading of the table, once a second at most"]),
        "readings of the secret": price("a million readings of secrets", secrets * SECONDS / MILLION),
    }


def scale(keys):
    """What lists cost where many environments ask for them, each at random for all keys, and what a cache of a second spares."""
    lists = math.ceil(keys / KEYS_IN_A_LIST)
    size = "65,536" if lists > 1 else "10,000"
    each = ASSUMED["calls a second of each of 1,000 environments"] / lists
    requests = ENVIRONMENTS * lists / (RENEWED_AFTER + 1 / each)
    publishing = ASSUMED["milliseconds that Lambda bills for publishing a list"]
    publishers = environments(requests, publishing)
    revoked = min(keys, KEYS_IN_A_LIST) * REVOKED * ASSUMED["bytes of a revoked key's item"]
    units = math.ceil(revoked / 4096) + 2
    asked = requests / publishers / lists
    readings = publishers * lists * asked / (1 + asked)
    caches = ASSUMED["caches between doors and publish that ask by themselves, with CloudFront's Origin Shield"]
    origin = caches * lists / (1 + lists / requests)

    def served(calls, reads):
        return (price("HTTP API, a million calls", calls * SECONDS / MILLION)
                + price("Lambda, a million calls", calls * SECONDS / MILLION)
                + compute(calls * publishing / 1000, 1024, "arm64")
                + price("DynamoDB, a million read units", reads * units * SECONDS / MILLION))

    edge = price("CloudFront, a million requests over HTTPS", requests * SECONDS / MILLION)
    return {
        "lists": f"{lists:,}",
        "bytes of a list": f"{DATA['measured'][f'bytes of a list of {size} keys, 1 % of them revoked']:,}",
        "lists that an environment holds at most": f"{min(lists, 64)}",
        "requests for lists, a second": f"{requests:,.0f}",
        "the table's read units, a second": f"{readings * units:,.0f}",
        "dollars a month: API, function, table": dollars(served(requests, readings)),
        "**with CloudFront before publish**: requests that reach publish, a second": f"{origin:,.1f}",
        "read units, a second": f"{origin * units:,.0f}",
        "dollars a month, CloudFront's requests and the rest": dollars(edge + served(origin, origin)),
    }


def total(rate, change):
    return sum(idle(change.get("dashboard", True), change.get("alarms", False)).values()) + sum(used(rate, **change).values())


def dollars(amount):
    return f"{amount:,.2f}" if amount < 100 else f"{amount:,.0f}"


def row(name, amounts):
    return f"| {name} | " + " | ".join(dollars(amount) for amount in amounts) + " |"


def head(*columns):
    return "| " + " | ".join(columns) + " |\n|" + "---|" * len(columns)


def tables():
    nothing = idle()
    rates = [f"{rate:,} a second" for rate in RATES]
    usage = [used(rate) for rate in RATES]
    calls = [rate * SECONDS / MILLION for rate in RATES]
    sources = "\n".join(
        f"| {name} | " + (f"{entry['dollars']:.10f}".rstrip("0").ljust(4, "0") if "dollars" in entry else ", then ".join(
            f"{d:.2f}" for _, d in entry["steps"])) + f" | {entry['source']} |" for name, entry in DATA["prices"].items())
    many = [scale(keys) for keys in KEYS]
    return {
        "scale": "\n".join([head("what", *(f"{keys:,} keys" for keys in KEYS))] + [
            f"| {name} | " + " | ".join(of[name] for of in many) + " |" for name in many[0]]),
        "idle": "\n".join([head("what", "dollars a month")] + [
            row(name, [amount]) for name, amount in nothing.items() if amount] + [
            row("**together**", [sum(nothing.values())])]),
        "parts": "\n".join([head("what", *rates)] + [row(name, [use[name] for use in usage]) for name in usage[0]] + [
            row("when nobody calls", [sum(nothing.values())] * 3),
            row("**Latchkey together**", [total(rate, {}) for rate in RATES]),
            row("for comparison: API Gateway itself, REST API", [price("REST API, a million calls", c) for c in calls]),
            row("for comparison: API Gateway itself, HTTP API", [price("HTTP API, a million calls", c) for c in calls])]),
        "settings": "\n".join([head("with", *rates)] + [
            row(name, [total(rate, change) for rate in RATES]) for name, change in SETTINGS]),
        "assumed": "\n".join([head("what", "figure")]
                             + [f"| {name} (measured) | {value} |" for name, value in DATA["measured"].items()]
                             + [f"| {name} | {value} |" for name, value in ASSUMED.items()]),
        "prices": head("what", "dollars", "read at") + "\n" + sources
        + f"\n\nOf {DATA['of']}; read {DATA['read']}.",
    }


def main():
    with open(PAGE, encoding="utf-8") as page:
        text = page.read()
    written = text
    for name, table in tables().items():
        marked = re.compile(rf"(<!-- cost: {name} -->\n).*?(<!-- end -->)", re.S)
        if len(marked.findall(written)) != 1:
            sys.exit(f"{PAGE} has no place for the table {name}")
        written = marked.sub(lambda found, table=table: found[1] + table + "\n" + found[2], written)
    if "--write" in sys.argv:
        with open(PAGE, "w", encoding="utf-8") as page:
            page.write(written)
    elif written != text:
        sys.exit(f"{PAGE} is not what scripts/prices.json gives. Write it with .venv/bin/python scripts/cost.py --write")
    print(f"{PAGE} is what scripts/prices.json gives: {dollars(total(1, {}))} dollars a month at one call a second")


main()
