package dev.tenfold.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
  @TempDir Path folder;

  @Test
  void theFirstStartMakesOneThatOnlyItsOwnerReads() throws Exception {
    AdminToken made = AdminToken.in(folder);
    Path file = folder.resolve(AdminToken.FILE);
    String text = Files.readString(file).strip();

    assertThat(text).hasSizeGreaterThan(25);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.isShownBy("Bearer " + text)).isTrue();
    assertThat(AdminToken.in(folder).isShownBy("bearer " + text)).isTrue();
    assertThat(made).hasToString("AdminToken[***]");
  }

  @Test
  void thoseWhoBeginAtOnceHaveTheSame() throws Exception {
    List<AdminToken> tokens =
        IntStream.range(0, 16).parallel().mapToObj(i -> AdminToken.in(folder)).toList();
    String text = Files.readString(folder.resolve(AdminToken.FILE)).strip();

    assertThat(tokens).allMatch(token -> token.isShownBy("Bearer " + text));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void nothingElseShowsIt() {
    AdminToken token = AdminToken.of("0123456789abcdef");
    assertThat(
            Stream.of(
                    "",
                    "0123456789abcdef",
                    "Bearer",
                    "Bearer ",
                    "Bearer 0123",
                    "Basic ***",
                    "Basic Og==")
                .filter(token::isShownBy))
        .isEmpty();
    assertThat(token.isShownBy(null)).isFalse();
  }

  @Test
  void anEmptyFileIsNoToken() throws Exception {
    Files.writeString(folder.resolve(AdminToken.FILE), "\n");
    assertThatThrownBy(() -> AdminToken.in(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("is empty");
  }
}
