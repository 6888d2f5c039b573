package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class FilterMethodsTest {
  private final SimNode node = node();

  @Test
  void twoFiltersHaveTwoNames() {
    assertThat(text(node, "eth_newBlockFilter", "[]"))
        .isNotEqualTo(text(node, "eth_newBlockFilter", "[]"));
  }

  @Test
  void aBlockFilterTellsEachNewBlockOnce() {
    String filter = text(node, "eth_newBlockFilter", "[]");
    node.chain().mine(2);

    JsonNode changes = changes(filter);

    assertThat(changes.size()).isEqualTo(2);
    assertThat(changes.get(1).asText()).isEqualTo(node.chain().headHash());
    assertThat(changes(filter)).isEmpty();
  }

  @Test
  void aLogFilterTakesBackTheLogsOfOrphans() {
    String filter = text(node, "eth_newFilter", "[{'fromBlock':'latest'}]");
    node.chain().mine(3);
    int added = changes(filter).size();

    node.chain().reorg(3);

    int removed = 0;
    int fresh = 0;
    for (JsonNode log : changes(filter)) {
      if (log.path("removed").asBoolean()) {
        removed++;
      } else {
        fresh++;
      }
    }
    assertThat(removed).isEqualTo(added).isPositive();
    assertThat(fresh).isEqualTo(call(node, "eth_getLogs", "[{'fromBlock':'0x79'}]").size());
  }

  @Test
  void aFilterThatIsGoneIsNotFound() {
    String filter = text(node, "eth_newFilter", "[{}]");
    assertThat(call(node, "eth_uninstallFilter", "['" + filter + "']").asBoolean()).isTrue();
    assertThat(call(node, "eth_uninstallFilter", "['" + filter + "']").asBoolean()).isFalse();

    assertThatThrownBy(() -> changes(filter))
        .hasMessage("filter not found")
        .extracting(failure -> ((RpcFailure) failure).code())
        .isEqualTo(-32000);
  }

  private JsonNode changes(String filter) {
    return call(node, "eth_getFilterChanges", "['" + filter + "']");
  }
}
