package dev.tenfold.loadgen;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Makes a mix of its file. */
final class MixReader {
  private static final int LARGEST_FILE = 1 << 20;

  private MixReader() {}

  static Mix read(String name, String yaml) {
    MixSection root = new MixSection(name, "the mix", compose(name, yaml));
    Keys keys = root.has("keys") ? keys(root.section("keys")) : new Keys.Uniform(10_000);
    long firstBlock = root.number("first-block", 0, Long.MAX_VALUE, 1);
    List<Mix.Batch> batches = new ArrayList<>();
    for (MixSection batch : root.list("batches")) {
      batches.add(batch(batch));
    }
    List<Mix.Call> calls = new ArrayList<>();
    for (MixSection call : root.list("calls")) {
      calls.add(call(call, keys, firstBlock));
    }
    return root.build(
        () -> new Mix(name, calls, batches.isEmpty() ? List.of(Mix.Batch.SINGLE) : batches));
  }

  private static Mix.Call call(MixSection section, Keys keys, long firstBlock) {
    String method = section.text("method");
    int weight = section.integer("weight", Mix.MOST_WEIGHT, 1);
    String params = section.json("params");
    Keys own = section.has("keys") ? keys(section.section("keys")) : keys;
    long first = section.number("first-block", 0, Long.MAX_VALUE, firstBlock);
    return section.build(() -> new Mix.Call(method, weight, params, own, first));
  }

  private static Mix.Batch batch(MixSection section) {
    int size = section.integer("size", Mix.LARGEST_BATCH, 1);
    int weight = section.integer("weight", Mix.MOST_WEIGHT, 1);
    return section.build(() -> new Mix.Batch(size, weight));
  }

  private static Keys keys(MixSection section) {
    String distribution = section.text("distribution");
    int count = section.integer("count", Keys.MOST, 10_000);
    return switch (distribution) {
      case "uniform" -> section.build(() -> new Keys.Uniform(count));
      case "zipf" -> {
        double exponent = section.decimal("exponent", 1);
        yield section.build(() -> new Keys.Zipf(count, exponent));
      }
      default ->
          throw section.refuse(
              "distribution", "is " + distribution + "; it must be uniform or zipf");
    };
  }

  private static Node compose(String name, String yaml) {
    if (yaml.length() > LARGEST_FILE) {
      throw new MixException(name + ": it is larger than 1 MiB");
    }
    LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
    try {
      return new Compose(settings)
          .composeString(yaml)
          .orElseThrow(() -> new MixException(name + ": it is empty; it must have calls"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new MixException(name + ":" + line + ": it is not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new MixException(name + ": it is not valid YAML: " + e.getMessage());
    }
  }
}
