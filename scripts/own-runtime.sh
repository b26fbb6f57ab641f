# Sourced by scripts/build: what makes functions/authorizer/target/authorizer-provided.zip out of the packages, and
# template-own-runtime.yaml, which deploys it.

modules=java.base
target=functions/authorizer/target
work=$target/provided
package=$work/package

need_jdk25() {
    jdk25=$(find_jdk25)
    [ -n "$jdk25" ] || fail "no JDK 25 found in LATCHKEY_JDK25, JAVA_HOME or /usr/lib/jvm. Install one, or set LATCHKEY_JDK25 to one"
    ! grep -q '^LIBC="musl"' "$jdk25/release" || fail "$jdk25 is for musl; Lambda needs one for glibc"
}

need_architecture() {
    case "$(uname -s) $(uname -m)" in
        "Linux x86_64") architecture=x86_64 ;;
        "Linux aarch64") architecture=arm64 ;;
        *) fail "a package with its own runtime is built on Linux, x86_64 or aarch64, got $(uname -s) $(uname -m)" ;;
    esac
}

# All classes in one jar: at each start every jar on the class path is opened, and costs about half a millisecond.
one_jar() {
    local jars=$work/jars classes=$work/classes jar twice
    unzip -q "$target/authorizer.zip" -d "$classes"
    mv "$classes/lib" "$jars"
    cp local/target/runtime/aws-lambda-java-core-*.jar functions/{runtime,provided}/target/latchkey-*.jar "$jars"
    twice=$(for jar in "$jars"/*.jar; do unzip -Z1 "$jar"; done \
        | grep -E '\.class$|^META-INF/services/.' | grep -vE 'module-info|^META-INF/versions/' | sort | uniq -d)
    [ -z "$twice" ] || fail "these are in more than one jar: $twice"
    for jar in "$jars"/*.jar; do
        unzip -qo "$jar" -x META-INF/MANIFEST.MF 'META-INF/versions/*' 'META-INF/maven/*' module-info.class -d "$classes" 2> /dev/null \
            || [ $? -eq 11 ] || fail "cannot unpack $jar"
        mkdir -p "$package/legal/$(basename "$jar" .jar)"
        unzip -qo -j "$jar" 'META-INF/LICENSE*' 'META-INF/NOTICE*' -d "$package/legal/$(basename "$jar" .jar)" 2> /dev/null \
            || [ $? -eq 11 ] || fail "cannot unpack $jar"
    done
    (cd "$classes" && find . -type f | LC_ALL=C sort) > "$work/entries"
    (cd "$classes" && "$jdk25/bin/jar" --create --file "$OLDPWD/$package/authorizer.jar" --no-manifest \
        --date=2026-01-01T00:00:00Z "@$OLDPWD/$work/entries")
    [ ! -e "$classes/META-INF/services/dev.latchkey.jwt.TokenCheck" ] || touch "$package/token-checks"
}

# The JDK's java.security without what it says in comments, which every start reads, and of its providers those in the
# modules in use; names that were not found are asked for again after one second, as on the managed runtimes.
short_security() {
    local all=$package/jre/conf/security/java.security short=$work/java.security
    awk '
        /^#/ || /^[[:space:]]*$/ { next }
        /^security\.provider\.[0-9]+=/ {
            sub(/^[^=]*=/, "")
            if ($1 ~ /^(SUN|SunRsaSign|SunEC|SunJSSE|SunJCE)$/) print "security.provider." ++providers "=" $0
            next
        }
        /^networkaddress\.cache\.negative\.ttl=/ { $0 = "networkaddress.cache.negative.ttl=1" }
        { print }' "$all" > "$short"
    [ "$(grep -c '^security\.provider\.' "$short")" -eq 5 ] && grep -q '^networkaddress.cache.negative.ttl=1$' "$short" \
        || fail "$jdk25 has not the java.security that is expected"
    mv "$short" "$all"
}

# template-NAME.yaml, with that package of functions/authorizer/target for the authorizer; AWS SAM uploads no package whose path is in an !If.
provided_template() {
    template_copy "$1" 4 \
        -e "s|^\( *\)CodeUri: $target/authorizer.zip|\1CodeUri: $target/$2\n\1Runtime: provided.al2023|" \
        -e "/^  Architecture:/,/^  [A-Z]/{s/Default: .*/Default: $architecture/;s/AllowedValues: .*/AllowedValues: [$architecture]/;}"
}

own_runtime() {
    rm -rf "$work"
    mkdir -p "$package"
    one_jar
    "$jdk25/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-man-pages --no-header-files \
        --compress zip-0 --output "$package/jre"
    short_security
    cp functions/provided/src/provided/bootstrap "$package"
    TZ=UTC "$jdk25/bin/java" -cp "local/target/classes:local/target/lib/*" dev.latchkey.local.build.OwnRuntime \
        "$package" "$target/authorizer-provided.zip" events template.yaml
    provided_template own-runtime authorizer-provided.zip
}
