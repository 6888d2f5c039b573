package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UsageSpoolTest {
  private static final Instant HOUR = Instant.parse("2026-11-26T10:00:00Z");
  private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad90";
  private static final String ROW =
      "k\tmain\teth_call\t2026-11-26T10:00:00Z\t1\t1\t0\t1\t1\t0\t0\n";
  private static final long ROOM = 1 << 20;

  @TempDir Path folder;

  private UsageSpool spool() throws IOException {
    return new UsageSpool(folder, ROOM);
  }

  private static UsageChunk chunk(String key) {
    return UsageChunk.of(List.of(new UsageRow(key, "main", "eth_call", HOUR, 7, 6, 5, 4, 3, 2, 1)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void plant(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aChunkIsReadAsItWasSaved() throws Exception {
    UsageChunk saved =
        UsageChunk.of(
            List.of(
                new UsageRow("", "main", "eth_call", HOUR, 7, 6, 5, 4, 3, 2, 1),
                new UsageRow("k", "Zürich\u2028x", "end", HOUR, 1, 0, 0, 0, Long.MAX_VALUE, 0, 0)));
    spool().save(saved);
    assertThat(spool().read(saved.id())).contains(saved);
  }

  @Test
  void theOldestComesFirst() throws Exception {
    UsageSpool spool = spool();
    List<UsageChunk> chunks = IntStream.range(0, 20).mapToObj(i -> chunk("k" + i)).toList();
    for (UsageChunk chunk : chunks.reversed()) {
      spool.save(chunk);
    }
    assertThat(spool.waiting()).isEqualTo(chunks.stream().map(UsageChunk::id).toList());
  }

  @Test
  void whatAKilledProcessFinishedIsFoundAndTheRestIsDropped() throws Exception {
    UsageChunk whole = chunk("k");
    spool().save(whole);
    plant(ID + ".new", ROW);

    assertThat(spool().waiting()).containsExactly(whole.id());
    assertThat(files()).containsExactly(whole.id() + ".usage");
  }

  @Test
  void whatWouldNotFitIsRefusedAndLeavesNothing() throws Exception {
    UsageChunk first = chunk("k");
    spool().save(first);
    long one = Files.size(folder.resolve(first.id() + ".usage"));
    UsageSpool spool = new UsageSpool(folder, 2 * one);
    UsageChunk second = chunk("k");
    spool.save(second);

    assertThatIOException().isThrownBy(() -> spool.save(chunk("k"))).withMessageContaining("full");
    assertThat(spool.waiting()).containsExactly(first.id(), second.id());
    assertThat(files()).hasSize(2);

    assertThat(spool.delete(first.id())).isTrue();
    spool.save(chunk("k"));
    assertThatIOException().isThrownBy(() -> spool.save(chunk("k")));
  }

  @Test
  void theBoundIsOfBytesAndNotOfCharacters() throws Exception {
    UsageChunk wide = chunk("ü".repeat(200));
    spool().save(wide);
    long bytes = Files.size(folder.resolve(wide.id() + ".usage"));
    Files.delete(folder.resolve(wide.id() + ".usage"));

    assertThatIOException().isThrownBy(() -> new UsageSpool(folder, bytes - 1).save(wide));
    UsageSpool spool = new UsageSpool(folder, bytes);
    for (int i = 0; i < 3; i++) {
      spool.save(wide);
      assertThatIOException().isThrownBy(() -> spool.save(chunk("k")));
      spool.delete(wide.id());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "end",
        ROW,
        ROW + "en",
        "k\tmain\teth_call\nend\n",
        "k\tmain\teth_call\t2026-11-26T10:00:01Z\t1\t1\t0\t1\t1\t0\t0\nend\n",
        "k\tmain\teth_call\t2026-11-26T10:00:00Z\t-1\t1\t0\t1\t1\t0\t0\nend\n",
        "k\tmain\teth_call\t2026-11-26T10:00:00Z\t1\t1\t0\t1\t1\t0\t99999999999999999999\nend\n",
        "k\tmain\teth_call\t2026-11-26T10:00:00Z\t1\t1\t0\t1\t1\t0\t0\t0\nend\n",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        "end\nend\n",
      })
  void aFileThatIsNotWholeIsSetAside(String text) throws Exception {
    UsageSpool spool = spool();
    plant(ID + ".usage", text);
    UsageChunk good = chunk("k");
    spool.save(good);

    assertThat(spool.read(ID)).isEmpty();
    assertThat(files()).containsExactly(ID + ".refused", good.id() + ".usage");
    assertThat(spool.waiting()).containsExactly(good.id());
    assertThat(spool.read(good.id())).contains(good);
  }

  @Test
  void bytesThatAreNoTextAreSetAside() throws Exception {
    Files.write(folder.resolve(ID + ".usage"), new byte[] {(byte) 0xFF, (byte) 0xFE, 10});
    assertThat(spool().read(ID)).isEmpty();
    assertThat(files()).containsExactly(ID + ".refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes", "1-1-1-1-1", "0190163D-8694-739B-AEA5-966C26F8AD90"})
  void aFileThatIsNamedAsNoneOfOursIsSetAside(String name) throws Exception {
    plant(name + ".usage", ROW + "end\n");
    assertThat(spool().read(name)).isEmpty();
    assertThat(files()).containsExactly(name + ".refused");
  }

  @Test
  void whatCannotBeReadNowIsNotSetAside() throws Exception {
    Files.createDirectory(folder.resolve(ID + ".usage"));
    assertThat(spool().read(ID)).isEmpty();
    assertThat(files()).containsExactly(ID + ".usage");
  }

  @Test
  void whatIsGoneIsNotThereAndDeletedAlready() throws Exception {
    UsageSpool spool = spool();
    assertThat(spool.read(ID)).isEmpty();
    assertThat(spool.delete(ID)).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test
  void whatCannotBeDeletedIsSaid() throws Exception {
    UsageSpool spool = spool();
    Files.createDirectories(folder.resolve(ID + ".usage").resolve("in"));
    assertThat(spool.delete(ID)).isFalse();
    assertThat(spool.waiting()).containsExactly(ID);
  }

  @Test
  void aFolderThatIsGoneTakesNothingAndHasNothing() throws Exception {
    Path inner = folder.resolve("inner");
    UsageSpool spool = new UsageSpool(inner, ROOM);
    Files.delete(inner);
    Files.createFile(inner);

    assertThatIOException().isThrownBy(() -> spool.save(chunk("k")));
    assertThat(spool.waiting()).isEmpty();
    Files.delete(inner);
    Files.createDirectory(inner);
    spool.save(chunk("k"));
    assertThat(spool.waiting()).hasSize(1);
  }

  @Test
  void aFullDiskTakesNothingOfAChunkAndGoesOnWhenThereIsRoom() throws Exception {
    Assumptions.assumeTrue(mounted(true), "a small file system can be mounted");
    try {
      UsageSpool spool = spool();
      Path ballast = Files.write(folder.resolve("ballast"), new byte[60 << 10]);
      UsageChunk large =
          UsageChunk.of(IntStream.range(0, 200).mapToObj(UsageSpoolTest::row).toList());

      assertThatIOException().isThrownBy(() -> spool.save(large));
      assertThat(files()).containsExactly("ballast");

      Files.delete(ballast);
      spool.save(large);
      assertThat(spool.read(large.id())).contains(large);
    } finally {
      mounted(false);
    }
  }

  private static UsageRow row(int i) {
    return new UsageRow("k" + i, "main", "eth_call", HOUR, 1, 1, 1, 1, 1, 1, 1);
  }

  private boolean mounted(boolean wanted) throws Exception {
    String[] command =
        wanted
            ? new String[] {"mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()}
            : new String[] {"umount", folder.toString()};
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  @Test
  void twoProcessesMayHaveOneFolder() throws Exception {
    UsageSpool one = spool();
    UsageSpool other = spool();
    UsageChunk chunk = chunk("k");
    one.save(chunk);

    assertThat(other.waiting()).containsExactly(chunk.id());
    assertThat(other.read(chunk.id())).contains(chunk);
    assertThat(other.delete(chunk.id())).isTrue();
    assertThat(one.delete(chunk.id())).isTrue();
    assertThat(one.waiting()).isEmpty();
  }

  @Test
  void whatAnotherProcessDeletesMakesRoomHere() throws Exception {
    UsageSpool one = new UsageSpool(folder, 150);
    UsageChunk chunk = chunk("k");
    one.save(chunk);
    one.save(chunk("k"));
    assertThatIOException().isThrownBy(() -> one.save(chunk("k")));

    UsageSpool other = spool();
    other.waiting().forEach(other::delete);

    for (int i = 0; i < UsageSpool.COUNTED_EVERY; i++) {
      assertThat(one.waiting()).isEmpty();
    }
    one.save(chunk("k"));
  }

  @Test
  void whatAnotherProcessSavesCountsHere() throws Exception {
    UsageSpool one = new UsageSpool(folder, 150);
    spool().save(chunk("k"));
    spool().save(chunk("k"));
    for (int i = 0; i < UsageSpool.COUNTED_EVERY; i++) {
      assertThat(one.waiting()).hasSize(2);
    }
    assertThatIOException().isThrownBy(() -> one.save(chunk("k")));
  }
}
