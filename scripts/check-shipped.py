"""Checks what the built packages hold: each jar is in the list of what is shipped (target/bom.json, CycloneDX), none has an
advisory of scripts/advisories.json, nor has an npm package that the portal's plugin or the example for Moesif brings, and the
packages have the sums of target/checksums.txt."""

import glob
import hashlib
import io
import json
import pathlib
import re
import sys
import zipfile

JAR = re.compile(r"(?P<name>.+?)-(?P<version>[0-9][0-9A-Za-z.]*(?:-[A-Za-z0-9.]+)?)\.jar")
OURS = "latchkey-"
LOCKS = ("portal-plugin/package-lock.json", "docs/moesif-lambda/package-lock.json")


def jars(package):
    with zipfile.ZipFile(package) as zipped:
        for entry in zipped.namelist():
            if entry.endswith(".jar"):
                yield pathlib.PurePosixPath(entry).name
                with zipfile.ZipFile(io.BytesIO(zipped.read(entry))) as jar:
                    nested = [name for name in jar.namelist() if name.endswith(".jar")]
                if nested:
                    sys.exit(f"{package}: {entry} holds jars of its own, which are not checked: {nested}")


def order(version):
    """Numbers by their value; what is no number, such as Final, counts as nothing."""
    return [int(part) for part in re.findall(r"[0-9]+", version)]


def check_sums():
    sums = dict(reversed(line.split()) for line in open("target/checksums.txt", encoding="utf-8"))
    for package in packages():
        with open(package, "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() != sums.get(package):
                sys.exit(f"{package} has another sum than target/checksums.txt says")


def packages():
    found = sorted(glob.glob("functions/*/target/*.zip"))
    if not found:
        sys.exit("no packages found. Build them with scripts/build")
    return found


def shipped():
    found = {}
    for package in packages():
        for jar in jars(package):
            match = JAR.fullmatch(jar)
            if not match:
                sys.exit(f"{package}: the name of {jar} tells no version")
            found[match["name"], match["version"]] = package
    return found


def of_npm():
    """What installing brings; what only our tests use does not count."""
    found = {}
    for lock in LOCKS:
        with open(lock, encoding="utf-8") as file:
            for path, package in json.load(file)["packages"].items():
                if path and not package.get("dev"):
                    found[path.rpartition("node_modules/")[2], package["version"]] = lock
    if not found:
        sys.exit(f"{' and '.join(LOCKS)} name no packages")
    return found


def affected_by(advisories, kind, held):
    return [f"{advisory['id']} ({advisory['what']}): {name} {version} in {where}, needs {advisory['below']}"
            for (name, version), where in held.items() for advisory in advisories
            if advisory.get(kind) == name and order(version) < order(advisory["below"]) and "accepted" not in advisory]


def main():
    with open("target/bom.json", encoding="utf-8") as bom:
        listed = {(component["name"], component["version"]) for component in json.load(bom)["components"]}
    with open("scripts/advisories.json", encoding="utf-8") as file:
        known = json.load(file)
    held = shipped()
    missing = sorted(f"{name} {version} ({held[name, version]})" for name, version in held
                     if (name, version) not in listed and not name.startswith(OURS))
    if missing:
        sys.exit(f"target/bom.json does not list what is shipped: {', '.join(missing)}")
    npm = of_npm()
    affected = affected_by(known["advisories"], "jar", held) + affected_by(known["advisories"], "npm", npm)
    if affected:
        sys.exit("known advisories on what is shipped: " + "; ".join(affected))
    check_sums()
    print(f"{len(held)} jars in the packages, all listed, and {len(npm)} of npm, none with one of {len(known['advisories'])} advisories known on"
          f" {known['of']} but {sum('accepted' in one for one in known['advisories'])} that are accepted, each with its reason")


main()
