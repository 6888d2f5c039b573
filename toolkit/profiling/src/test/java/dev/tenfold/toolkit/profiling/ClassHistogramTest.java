package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassHistogramTest {
  private final byte[][] held = new byte[64][1 << 20];

  @Test
  void whatIsHeldIsCounted() throws Exception {
    assertThat(ClassHistogram.afterCollection().get("[B")).isGreaterThan((long) held.length << 20);
  }

  @Test
  void rowsAreReadWithOrWithoutModuleAndHiddenClassesTogether() {
    String text =
        """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         11397         593096  [B (java.base@25.0.3)
           7:          1661          53152  a.B
           8:             1             16  a.B$$Lambda/0x0000000012000a20
           9:             1             24  a.B$$Lambda/0x0000000012000b40
        Total         31854        1234567
        """;
    assertThat(ClassHistogram.parse(text))
        .containsEntry("[B", 593096L)
        .containsEntry("a.B", 53152L)
        .containsEntry("a.B$$Lambda", 40L)
        .hasSize(3);
  }
}
