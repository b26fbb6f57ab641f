"""Checks what the built packages hold: each jar is in the list of what is shipped (target/bom.json, CycloneDX), none has an
advisory of scripts/advisories.json, and the packages have the sums of target/checksums.txt."""

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
    affected = [f"{advisory['id']} ({advisory['what']}): {name} {version} in {package}, needs {advisory['below']}"
                for (name, version), package in held.items() for advisory in known["advisories"]
                if advisory["jar"] == name and order(version) < order(advisory["below"]) and "accepted" not in advisory]
    if affected:
        sys.exit("known advisories on what is shipped: " + "; ".join(affected))
    check_sums()
    print(f"{len(held)} jars in the packages, all listed, none with one of {len(known['advisories'])} advisories known on"
          f" {known['of']}")


main()
