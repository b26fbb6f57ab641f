package dev.latchkey.local;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.RECORDS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, over the classes of all modules; docs/architecture.md draws them. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .importPaths(List.of(
                    Path.of("../shared-lib/target/classes"),
                    Path.of("../functions/authorizer/target/classes"),
                    Path.of("../functions/issue-key/target/classes"),
                    Path.of("../functions/publish/target/classes"),
                    Path.of("../functions/flush-caches/target/classes"),
                    Path.of("../functions/gateways/target/classes"),
                    Path.of("../functions/rotate-keys/target/classes"),
                    Path.of("../functions/orders/target/classes"),
                    Path.of("../functions/runtime/target/classes"),
                    Path.of("../functions/provided/target/classes"),
                    Path.of("target/classes")));

    private static final Path PAGE = Path.of("../docs/architecture.md");

    @Test
    void allModulesAreLookedAt() {
        assertThat(OURS.containPackage("dev.latchkey.keys")).isTrue();
        assertThat(OURS.containPackage("dev.latchkey.jwt")).isTrue();
        assertThat(OURS.containPackage("dev.latchkey.authorizer")).isTrue();
        assertThat(OURS.containPackage("dev.latchkey.issuekey")).isTrue();
        assertThat(OURS.containPackage("dev.latchkey.orders")).isTrue();
        assertThat(OURS.containPackage("dev.latchkey.local")).isTrue();
    }

    @Test
    void thePictureShowsEveryArrowAndNoOther() throws IOException {
        ArchitecturePicture drawn = ArchitecturePicture.drawn(Files.readString(PAGE));
        ArchitecturePicture used = ArchitecturePicture.used(OURS);
        assertThat(used.without(drawn)).as("used, but not drawn in " + PAGE).isEmpty();
        assertThat(drawn.without(used))
                .as("drawn in " + PAGE + ", but not used")
                .isEmpty();
    }

    @Test
    void eachPackageHasItsLineOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(ArchitecturePicture.used(OURS).arrows().keySet())
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "` | "));
    }

    @Test
    void lambdaAndTheGatewayKnowOnlyWhatTheTemplateDescribes() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.latchkey.local.lambda", "dev.latchkey.local.gateway")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.latchkey.local.template")
                        .and(not(RECORDS))
                        .and(not(INTERFACES))
                        .and(not(ENUMS)))
                .check(OURS);
    }

    @Test
    void theSampleKnowsNothingButTheHandlerInterface() {
        classes()
                .that()
                .resideInAPackage("dev.latchkey.orders")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.latchkey.orders", "java..", "com.amazonaws.services.lambda.runtime", "org.jspecify..")
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latchkey.orders")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.latchkey.orders")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.latchkey.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void onlyKeysKnowsNimbus() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latchkey.keys")
                .and()
                // It stands in for somebody else's verifier.
                .doNotHaveFullyQualifiedName("dev.latchkey.local.gateway.JwtAuthorizer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds..")
                .check(OURS);
    }

    @Test
    void onlyAwsKnowsTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latchkey.aws")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(OURS);
    }

    @DisplayName("C13: a tag is compared in constant time, by the JDK, and by nothing else")
    @Test
    void constantTime() {
        classes()
                .that()
                .haveFullyQualifiedName("dev.latchkey.keys.VerificationKey")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(OURS);
        noClasses()
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .orShould()
                .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
                .orShould()
                .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
                .check(OURS.that(resideInAnyPackage("dev.latchkey.keys", "dev.latchkey.jwt")));
    }

    @Test
    void onlyTheReporterKnowsMoesifsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latchkey.moesif")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.moesif..")
                .check(OURS);
    }

    @Test
    void onlyHandlersAndProgramsReadTheEnvironment() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Handler")
                .and()
                .doNotHaveSimpleName("LocalMain")
                .and()
                .resideOutsideOfPackage("dev.latchkey.provided")
                .should()
                .callMethod(System.class, "getenv")
                .check(OURS);
        noClasses().should().callMethod(System.class, "getenv", String.class).check(OURS);
    }

    @Test
    void theFunctionsPrintNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latchkey.local..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .that(alwaysTrue())
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Service|Impl)")
                .check(OURS);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..")
                .check(OURS);
    }
}
