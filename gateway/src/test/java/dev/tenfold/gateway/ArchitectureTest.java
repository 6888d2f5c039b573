package dev.tenfold.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms, as ARCHITECTURE.md draws them. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tenfold.gateway");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    rooms()
        .whereLayer("edge")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("access")
        .mayOnlyBeAccessedByLayers("wiring", "edge", "accounts", "admin")
        .whereLayer("accounts")
        .mayOnlyBeAccessedByLayers("wiring", "admin")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("answers")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("route")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("upstream")
        .mayOnlyBeAccessedByLayers("wiring", "route")
        .whereLayer("chain")
        .mayOnlyBeAccessedByLayers("wiring", "route", "upstream", "answers", "access")
        .whereLayer("telemetry")
        .mayOnlyBeAccessedByLayers("wiring", "edge")
        .whereLayer("ops")
        .mayOnlyBeAccessedByLayers("wiring", "admin")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("wiring")
        .check(CLASSES);
  }

  @Test
  void theGroundFloorKnowsNoRoomAboveIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.tenfold.gateway.evm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.tenfold.gateway.rpc..", "dev.tenfold.gateway.chain..", "io.vertx..", "io.netty..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.tenfold.gateway.rpc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.tenfold.gateway.chain..")
        .check(CLASSES);
  }

  @Test
  void noRoomsAreInACircle() {
    SlicesRuleDefinition.slices()
        .matching("dev.tenfold.gateway.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void theRoomsAreAllThere() {
    assertThat(CLASSES.stream().map(c -> c.getPackageName()).distinct())
        .contains("dev.tenfold.gateway.edge", "dev.tenfold.gateway.answers");
  }

  private static LayeredArchitecture rooms() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("wiring")
        .definedBy("dev.tenfold.gateway")
        .layer("edge")
        .definedBy("dev.tenfold.gateway.edge..")
        .layer("access")
        .definedBy("dev.tenfold.gateway.access..")
        .layer("accounts")
        .definedBy("dev.tenfold.gateway.accounts..")
        .layer("admin")
        .definedBy("dev.tenfold.gateway.admin..")
        .layer("answers")
        .definedBy("dev.tenfold.gateway.answers..")
        .layer("route")
        .definedBy("dev.tenfold.gateway.route..")
        .layer("upstream")
        .definedBy("dev.tenfold.gateway.upstream..")
        .layer("chain")
        .definedBy("dev.tenfold.gateway.chain..")
        .layer("telemetry")
        .definedBy("dev.tenfold.gateway.telemetry..")
        .layer("ops")
        .definedBy("dev.tenfold.gateway.ops..")
        .layer("config")
        .definedBy("dev.tenfold.gateway.config..");
  }
}
