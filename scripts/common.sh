# Sourced by the other scripts: strict mode, the checkout as working directory, and a check of what must be there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
    exit "${1:-0}"
}

need_jdk() {
    local java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
    command -v "$java" > /dev/null \
        || fail "no Java found${JAVA_HOME:+ in JAVA_HOME, $JAVA_HOME}. Install a JDK of 17 or newer, or set JAVA_HOME to one"
    [ -x "$(dirname "$(readlink -f "$(command -v "$java")")")/javac" ] \
        || fail "$java belongs to a JRE. Install a JDK of 17 or newer, or set JAVA_HOME to one"
    local version
    version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
    [ "${version%%.*}" -ge 17 ] || fail "$java is Java $version. Install a JDK of 17 or newer, or set JAVA_HOME to one"
    command -v unzip > /dev/null || fail "no unzip found, which the Maven wrapper needs. Install it"
    command -v curl > /dev/null || command -v wget > /dev/null \
        || fail "neither curl nor wget found, one of which the Maven wrapper needs. Install one"
}

# The home of a JDK 25, as Lambda's newest runtime has: LATCHKEY_JDK25, JAVA_HOME, or one under /usr/lib/jvm. Nothing where
# there is none.
find_jdk25() {
    local candidate
    for candidate in "${LATCHKEY_JDK25:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
        if [ -x "$candidate/bin/jlink" ] && grep -q '^JAVA_VERSION="25[".]' "$candidate/release" 2> /dev/null; then
            echo "$candidate"
            return
        fi
    done
}

# The virtual environment with the AWS emulator and AWS SAM CLI, made anew when scripts/requirements.txt changes. What is
# installed may run with AWS credentials: the list is complete, and each file in it pinned by its hash.
need_python_tools() {
    if ! cmp -s scripts/requirements.txt .venv/requirements.txt; then
        command -v python3 > /dev/null || fail "no Python found. Install Python 3.10 or newer"
        rm -rf .venv
        echo "installing moto server and AWS SAM CLI into .venv"
        python3 -m venv .venv || fail "python3 cannot make virtual environments. Install its venv module"
        .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement scripts/requirements.txt \
            || fail "moto server and AWS SAM CLI could not be installed from PyPI"
        cp scripts/requirements.txt .venv/requirements.txt
    fi
    export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-us-east-1}"
}

# Node.js of that version or newer; 18 by default.
need_node() {
    local oldest="${1:-18}"
    command -v node > /dev/null && command -v npm > /dev/null || install_from_debian nodejs npm
    local version
    version=$(node --version)
    version=${version#v}
    [ "${version%%.*}" -ge "$oldest" ] || fail "node is version $version. Install Node.js $oldest or newer"
}

# What the package-lock.json of this folder names, installed beside it.
need_packages() {
    if ! cmp -s package-lock.json node_modules/package-lock.json; then
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail "$1 could not be installed from npm"
        cp package-lock.json node_modules/package-lock.json
    fi
}

# AWS's emulator in the background: its address is then in MOTO, its process in MOTO_PID.
start_moto() {
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    MOTO=http://127.0.0.1:$port
    .venv/bin/moto_server -H 127.0.0.1 -p "$port" > /dev/null 2>&1 &
    MOTO_PID=$!
    for _ in $(seq 60); do curl -s -o /dev/null "$MOTO" && return; sleep 0.5; done
    fail "the AWS emulator does not start"
}

# The operator's command lines, built anew when their source changed.
need_cli() {
    if [ ! -d cli/target/lib ] \
        || [ -n "$(find pom.xml cli/pom.xml cli/src shared-lib/src/main functions/{authorizer,issue-key}/src/main -type f -newer cli/target/lib -print -quit)" ]; then
        ./mvnw --quiet package -pl cli -am -DskipTests >&2
        touch cli/target/lib
    fi
}

# The browser, whose path is then in CHROMIUM.
need_chromium() {
    command -v chromium > /dev/null || install_from_debian chromium
    CHROMIUM=$(command -v chromium)
    export CHROMIUM
}

# What scripts/requirements-NAME.txt lists, in the folder .venv/NAME, since requirements.txt wants other versions of it.
need_package_apart() {
    local list=scripts/requirements-$1.txt folder=.venv/$1
    cmp -s "$list" "$folder/requirements.txt" && return
    rm -rf "$folder" "$folder.part"
    .venv/bin/pip install --quiet --disable-pip-version-check --no-warn-conflicts --no-deps --require-hashes --target "$folder.part" \
        --requirement "$list" || fail "$1 could not be installed from PyPI"
    cp "$list" "$folder.part/requirements.txt"
    mv "$folder.part" "$folder"
}

# AWS's command lines 1 and 2, of which the first comes from PyPI, and the second from Debian where there is none.
need_aws_clis() {
    need_package_apart awscli
    AWS_CLI_1=(env "PYTHONPATH=$PWD/.venv/awscli" "$PWD/.venv/bin/python" -m awscli)
    AWS_CLI_2=(aws)
    [[ "$(aws --version 2> /dev/null)" = aws-cli/2.* ]] || AWS_CLI_2=(/usr/bin/aws)
    command -v "${AWS_CLI_2[0]}" > /dev/null || install_from_debian awscli
}

install_from_debian() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || fail "no $1 found. Install it"
    echo "installing $* from Debian" >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; } > /dev/null 2>&1 \
        || fail "$1 could not be installed by apt-get"
}

# Builds the packages, the local tool and the benchmarks when they are missing or older than a source. Two that start at once
# build once.
need_build() {
    is_built && return
    echo "building (a few minutes the first time, when Maven downloads what it needs)" >&2
    local log
    log=$(mktemp)
    (
        ! command -v flock > /dev/null || flock 9
        is_built || scripts/build > "$log"
    ) 9< .mvn || { cat "$log" >&2; rm "$log"; fail "the build failed; its messages are above"; }
    rm "$log"
}

is_built() {
    local built=benchmarks/target/lib
    local packages=(functions/{authorizer/target/authorizer,issue-key/target/issue-key,publish/target/publish,flush-caches/target/flush-caches,gateways/target/gateways,rotate-keys/target/rotate-keys,orders/target/orders}.zip)
    [ -d "$built" ] && ls "${packages[@]}" > /dev/null 2>&1 \
        && [ -z "$(find pom.xml shared-lib functions local portal-plugin/element benchmarks/pom.xml benchmarks/src \( \( -name target -o -name node_modules -o -path local/src/test \) -prune \) -o -type f \
            -newer "${packages[0]}" -newer "$built" -print -quit)" ]
}
