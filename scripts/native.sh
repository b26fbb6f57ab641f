# Sourced by scripts/build: what makes functions/authorizer/target/authorizer-native.zip out of the packages, and
# template-native.yaml, which deploys it. Needs scripts/own-runtime.sh.
#
# A GraalVM for JDK 25 (GRAALVM_HOME, or native-image on the PATH) compiles it through GraalVM's own Maven plugin. Where there
# is none, its builder comes from Maven Central and runs on the JDK 25; of what a GraalVM brings besides, functions/provided/src/native
# has the C half, and the JDK's own libraries are taken. What was compiled of the same is kept in .native.

sources=functions/provided/src/native
kept=.native

need_native() {
    need_architecture
    # What Lambda's processors have at least: AVX2 (Lambda, AVX2 vectorization), and those of Graviton2.
    processor=x86-64-v3
    [ "$architecture" = x86_64 ] || processor=armv8.1-a
    graalvm=${GRAALVM_HOME:-}
    [ -n "$graalvm" ] || ! command -v native-image > /dev/null \
        || graalvm=$(dirname "$(dirname "$(readlink -f "$(command -v native-image)")")")
    command -v gcc > /dev/null || install_from_debian gcc libc6-dev
    if [ -n "$graalvm" ]; then
        [ -x "$graalvm/bin/native-image" ] || fail "GRAALVM_HOME, $graalvm, has no bin/native-image. Set it to a GraalVM for JDK 25"
        [[ "$("$graalvm/bin/native-image" --version)" == "native-image 25"* ]] \
            || fail "$graalvm is not a GraalVM for JDK 25"
        return
    fi
    [ "$architecture" = x86_64 ] \
        || fail "without a GraalVM the native program is built on x86_64 only. Set GRAALVM_HOME to a GraalVM for JDK 25"
    [ -e /usr/include/zlib.h ] || install_from_debian zlib1g-dev
    [ -e "$jdk25/include/jni.h" ] && [ -d "$jdk25/legal/java.base" ] || fail "$jdk25 is no whole JDK"
}

# The image builder of Maven Central, once for each version.
graalvm_from_central() {
    builder=$PWD/$kept/svm-$version
    [ -d "$builder" ] && return
    ./mvnw --quiet --file "$sources/pom.xml" dependency:copy-dependencies "-Dgraalvm.version=$version" \
        "-DoutputDirectory=$builder.new" || fail "GraalVM's image builder could not be had from Maven Central"
    mv "$builder.new" "$builder"
}

# What a GraalVM has beside its builder: a JDK with its reporter, C headers, and libraries to link.
graalvm_home() {
    home=$image/home clib=$image/clib
    mkdir -p "$home" "$clib/include" "$clib/jdk" "$image/lib"
    cp -rL "$jdk25"/{bin,conf,include,lib,release} "$home"
    rm -f "$home"/lib/{src.zip,ct.sym}
    mkdir -p "$home/lib/svm/builder/lib"
    "$jdk25/bin/java" -cp "$builder/*" "$sources/Prepare.java" "$builder" "$image"
    mv "$image"/*cpufeatures.h "$clib/include"
    cp "$sources/svm_locale.h" "$clib/include"
    local compile=(gcc -O2 -fPIC "-I$jdk25/include" "-I$jdk25/include/linux" "-I$image" "-I$clib/include" "-ffile-prefix-map=$PWD=.")
    "${compile[@]}" -shared -o "$home/lib/svm/builder/lib/libreporterchelper.so" "$sources/reporter.c"
    "${compile[@]}" -c -o "$image/helper.o" "$sources/helper.c"
    ar rcsD "$clib/liblibchelper.a" "$image/helper.o"
    local library
    for library in java net nio zip extnet jimage prefs; do
        cp "$jdk25/lib/lib$library.so" "$clib/jdk"
        echo "INPUT ( $clib/jdk/lib$library.so $clib/libjvm.so )" > "$clib/lib$library.a"
    done
    nm -D --undefined-only "$clib"/jdk/*.so | grep -oE '\b(JVM|jio)_[A-Za-z0-9_]+' | sort -u > "$image/asked"
    grep -oE '\b(JVM|jio)_[A-Za-z0-9_]+ *\(' "$sources/jvm.c" | tr -d ' (' | sort -u > "$image/had"
    comm -23 "$image/asked" "$image/had" | sed 's/.*/ABSENT(&)/' > "$image/absent.h"
    "${compile[@]}" -shared -Wl,-soname,libjvm.so "-Wl,--version-script=$sources/jvm.map" -Wl,--build-id=none \
        -o "$clib/libjvm.so" "$sources/jvm.c"
}

# The configurations that libraries bring, which GraalVM's own driver finds by itself: of the kind $1, such as reflect.
brought() {
    unzip -Z1 "$jar" | grep -E "^META-INF/native-image/.*/$1-config.json$" | paste -sd, || true
}

compiled_from_central() {
    graalvm_from_central
    graalvm_home
    local core=$builder/compiler-$version.jar truffle=$builder/truffle-compiler-$version.jar modules
    modules=$(ls "$builder"/*.jar | grep -vxF "$core" | paste -sd:)
    # Without the environment of this machine, of which nothing may get into the program.
    env -i PATH="$PATH" LANG=C.UTF-8 TZ=UTC JVMCI_VERSION_CHECK=ignore "$home/bin/java" \
        -XX:+UseParallelGC -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI -XX:-UseJVMCICompiler -Xss10m -Xmx6g -Xshare:off \
        -Dgraalvm.locatorDisabled=true -Dsubstratevm.IgnoreGraalVersionCheck=true "-Dorg.graalvm.version=$version" \
        -Dorg.graalvm.vendorversion=latchkey -Djava.awt.headless=true -Djdk.internal.lambda.disableEagerInitialization=true \
        -Djdk.internal.lambda.eagerlyInitialize=false -Djava.lang.invoke.InnerClassLambdaMetafactory.initializeLambdas=false \
        -Djdk.reflect.useDirectMethodHandle=false -Djdk.reflect.useNativeAccessorOnly=true -Dcom.oracle.graalvm.isaot=true \
        -Dorg.graalvm.nativeimage.imagecode=buildtime \
        -Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader \
        --enable-native-access=ALL-UNNAMED,org.graalvm.nativeimage.builder --sun-misc-unsafe-memory-access=allow \
        "@$image/opens" --add-modules=ALL-DEFAULT --upgrade-module-path "$core" --module-path "$modules:$truffle" \
        -m org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner \
        -imagecp "$PWD/$jar" $(cat "$sources/options") "-H:MicroArchitecture=$processor" "-H:Path=$image" -H:Name=authorizer "-H:Class=$main" \
        "-H:ImageBuildID=$build_id" "-H:CLibraryPath=$clib" -H:-UseContainerSupport \
        "-H:ReflectionConfigurationResources=$(brought reflect)" "-H:ResourceConfigurationResources=$(brought resource)" \
        '-H:NativeLinkerOption=-Wl,-rpath,$ORIGIN/lib' -H:NativeLinkerOption=-Wl,--build-id=none \
        > "$image/log" 2>&1 || { tail -n 30 "$image/log" >&2; fail "the native program could not be compiled"; }
    cp "$clib"/jdk/lib{java,net,nio,zip,extnet}.so "$clib/libjvm.so" "$image/lib"
}

compiled_by_graalvm() {
    GRAALVM_HOME=$graalvm JAVA_HOME=$graalvm ./mvnw --quiet package -DskipTests -Pnative -pl functions/provided -am \
        "-Dlatchkey.native.jar=$PWD/$jar" "-Dlatchkey.native.folder=$image" "-Dlatchkey.native.id=$build_id" \
        "-Dlatchkey.native.processor=$processor" > "$image/log" 2>&1 \
        || { tail -n 30 "$image/log" >&2; fail "the native program could not be compiled"; }
}

# The licences of what is compiled in or lies beside: OpenJDK and GraalVM's runtime, both under the GPL, version 2, with the
# Classpath Exception.
licences() {
    mkdir -p "$package/legal/java.base"
    cp "${graalvm:-$jdk25}"/legal/java.base/* "$package/legal/java.base"
    [ -z "$graalvm" ] || cp "$graalvm"/LICENSE* "$package/legal" 2> /dev/null || true
    echo "The runtime of native images, from GraalVM $version: GPL-2.0 with the Classpath Exception, as in java.base/LICENSE
and java.base/ASSEMBLY_EXCEPTION. Source: https://github.com/oracle/graal" > "$package/legal/GraalVM"
}

# Amazon Linux 2023 has glibc 2.34.
fits_lambda() {
    local needed
    needed=$(objdump -T "$1" | grep -oE 'GLIBC_2\.[0-9]+' | sort -uV | tail -n 1)
    [ "$(printf '%s\nGLIBC_2.34\n' "$needed" | sort -V | tail -n 1)" = GLIBC_2.34 ] \
        || fail "$1 needs $needed, and Lambda has GLIBC_2.34. Build on Amazon Linux 2023 or another system as old"
}

native() {
    version=$(sed -n 's|.*<graalvm.version>\(.*\)</graalvm.version>.*|\1|p' pom.xml)
    main=dev.latchkey.provided.NativeMain work=$target/native
    package=$work/package jar=$work/authorizer.jar
    rm -rf "$work"
    mkdir -p "$package" "$kept"
    one_jar
    mv "$package/authorizer.jar" "$jar"
    rm -f "$package/token-checks"
    local key
    key=$( (sha256sum "$jar" "$sources"/* scripts/native.sh; cat "${graalvm:-$jdk25}/release"; echo "$version $graalvm") \
        | sha256sum | cut -c 1-32)
    build_id=$(sed -E 's/(.{8})(.{4})(.{4})(.{4})(.{12})/\1-\2-\3-\4-\5/' <<< "$key")
    image=$kept/$key
    if [ ! -e "$image/whole" ]; then
        rm -rf "$kept"/[0-9a-f]*
        image=$PWD/$image
        mkdir -p "$image/lib"
        if [ -n "$graalvm" ]; then compiled_by_graalvm; else compiled_from_central; fi
        image=$kept/$key
        gcc -O2 -s -Wl,--build-id=none -o "$image/bootstrap" "$sources/launcher.c"
        fits_lambda "$image/authorizer"
        fits_lambda "$image/bootstrap"
        rm -rf "$image"/{home,clib,opens,helper.o}
        touch "$image/whole"
    fi
    cp "$image"/{bootstrap,authorizer} "$package"
    cp -r "$image/lib" "$package"
    licences
    TZ=UTC "$jdk25/bin/java" -cp "local/target/classes:local/target/lib/*" dev.latchkey.local.build.NativePackage \
        "$package" "$target/authorizer-native.zip"
    provided_template native authorizer-native.zip
}
