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
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, over the classes of all modules. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .importPaths(List.of(
                    Path.of("../shared-lib/target/classes"),
                    Path.of("../functions/authorizer/target/classes"),
                    Path.of("../functions/issue-key/target/classes"),
                    Path.of("../functions/orders/target/classes"),
                    Path.of("target/classes")));

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
    void packagesKnowOnlyThoseBelowThem() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("json")
                .definedBy("dev.latchkey.json")
                .layer("log")
                .definedBy("dev.latchkey.log")
                .layer("http")
                .definedBy("dev.latchkey.http")
                .layer("keys")
                .definedBy("dev.latchkey.keys")
                .layer("jwt")
                .definedBy("dev.latchkey.jwt")
                .layer("status")
                .definedBy("dev.latchkey.status")
                .layer("config")
                .definedBy("dev.latchkey.config")
                .layer("aws")
                .definedBy("dev.latchkey.aws")
                .layer("provisioning")
                .definedBy("dev.latchkey.provisioning")
                .layer("authorizer")
                .definedBy("dev.latchkey.authorizer")
                .layer("moesif")
                .definedBy("dev.latchkey.moesif")
                .layer("issue-key")
                .definedBy("dev.latchkey.issuekey")
                .layer("local")
                .definedBy("dev.latchkey.local")
                .layer("machine")
                .definedBy("dev.latchkey.local.machine")
                .layer("template")
                .definedBy("dev.latchkey.local.template")
                .layer("lambda")
                .definedBy("dev.latchkey.local.lambda")
                .layer("gateway")
                .definedBy("dev.latchkey.local.gateway")
                .layer("stack")
                .definedBy("dev.latchkey.local.stack")
                .layer("check")
                .definedBy("dev.latchkey.local.check")
                .layer("page")
                .definedBy("dev.latchkey.local.page")
                .layer("build")
                .definedBy("dev.latchkey.local.build")
                .whereLayer("json")
                .mayNotAccessAnyLayer()
                .whereLayer("log")
                .mayOnlyAccessLayers("json")
                .whereLayer("http")
                .mayNotAccessAnyLayer()
                .whereLayer("keys")
                .mayOnlyAccessLayers("json", "http")
                .whereLayer("jwt")
                .mayOnlyAccessLayers("json", "keys")
                .whereLayer("status")
                .mayOnlyAccessLayers("json", "http", "keys", "jwt")
                .whereLayer("config")
                .mayOnlyAccessLayers("json", "http", "keys", "jwt")
                .whereLayer("aws")
                .mayOnlyAccessLayers("json", "http", "config", "keys", "jwt", "provisioning")
                .whereLayer("provisioning")
                .mayOnlyAccessLayers("config", "keys", "jwt")
                .whereLayer("authorizer")
                .mayOnlyAccessLayers("json", "log", "keys", "jwt", "config", "aws")
                .whereLayer("moesif")
                .mayOnlyAccessLayers("http", "config")
                .whereLayer("issue-key")
                .mayOnlyAccessLayers("json", "log", "config", "aws", "provisioning", "moesif")
                .whereLayer("machine")
                .mayNotAccessAnyLayer()
                .whereLayer("template")
                .mayOnlyAccessLayers("machine")
                .whereLayer("lambda")
                .mayOnlyAccessLayers("machine", "template")
                .whereLayer("gateway")
                .mayOnlyAccessLayers("machine", "template", "lambda")
                .whereLayer("stack")
                .mayOnlyAccessLayers("keys", "machine", "template", "lambda", "gateway")
                .whereLayer("check")
                .mayOnlyAccessLayers("keys", "jwt", "machine", "lambda", "stack")
                .whereLayer("page")
                .mayOnlyAccessLayers("machine", "template", "lambda", "gateway", "stack", "check")
                .whereLayer("build")
                .mayOnlyAccessLayers("keys", "jwt", "machine", "template", "lambda")
                .whereLayer("local")
                .mayOnlyAccessLayers("keys", "machine", "template", "lambda", "gateway", "stack", "check", "page")
                .check(OURS);
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
    void onlyHandlersAndTheToolReadTheEnvironment() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Handler")
                .and()
                .doNotHaveSimpleName("LocalMain")
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
