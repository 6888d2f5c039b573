package dev.tenfold.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the first step answered, which all others must answer too. */
final class RightAnswers {
  private @Nullable List<String> first;

  /**
   * Fails if these are others than the first that came here.
   *
   * @param name of the step
   */
  void require(String name, List<String> answers) {
    if (first == null) {
      first = List.copyOf(answers);
    } else if (!answers.equals(first)) {
      throw new DemoException(
          "\"%s\" answers %s where the first one answered %s".formatted(name, answers, first));
    }
  }
}
