package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundTest {

  private final Bound bound = new Bound(2);

  @Test
  void noMoreObjectsAreMadeThanTheLimitUntilOneIsGone() {
    assertThat(bound.tryAdd()).isTrue();
    assertThat(bound.tryAdd()).isTrue();
    assertThat(bound.tryAdd()).isFalse();
    bound.remove();
    assertThat(bound.tryAdd()).isTrue();
    assertThat(bound.tryAdd()).isFalse();
  }

  @Test
  void noMoreTakeThanTheLimitUntilOneLeaves() throws Exception {
    assertThat(bound.tryEnter()).isTrue();
    assertThat(bound.tryEnter(0)).isTrue();
    assertThat(bound.tryEnter()).isFalse();
    assertThat(bound.tryEnter(1)).isFalse();
    bound.leave();
    assertThat(bound.tryEnter()).isTrue();
  }
}
