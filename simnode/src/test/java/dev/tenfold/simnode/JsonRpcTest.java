package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.answer;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcTest {
  private final SimNode node = node();

  @Test
  void aCallIsAnsweredWithItsId() {
    assertThat(answer(node, "{'jsonrpc':'2.0','id':7,'method':'eth_chainId','params':[]}"))
        .isEqualTo("{'jsonrpc':'2.0','id':7,'result':'0x539'}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.50", "'a'", "''", "null", "1234567890123456789012345"})
  void anyIdByTheLetterComesBackAsItWas(String id) {
    String body = "{'jsonrpc':'2.0','id':%s,'method':'net_version'}".formatted(id);

    assertThat(answer(node, body))
        .isEqualTo("{'jsonrpc':'2.0','id':%s,'result':'1337'}".formatted(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1,]", "{} {}", "nothing"})
  void whatIsNoJsonIsAParseError(String body) {
    assertThat(answer(node, body)).contains("'id':null").contains("-32700");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{}",
        "{'id':3}",
        "{'jsonrpc':'2.0','id':3}",
        "{'jsonrpc':'1.0','id':3,'method':'eth_chainId'}",
        "{'jsonrpc':'2.0','id':3,'method':5}",
        "{'jsonrpc':'2.0','id':3,'method':'eth_chainId','params':'x'}",
        "{'jsonrpc':'2.0','id':[],'method':'eth_chainId'}"
      })
  void whatIsNoCallIsAnInvalidRequest(String body) {
    assertThat(answer(node, body)).contains("-32600");
  }

  @Test
  void theIdOfAnInvalidRequestIsGivenBackWhereItCanBe() {
    assertThat(answer(node, "{'jsonrpc':'2.0','id':3}")).contains("'id':3");
    assertThat(answer(node, "{'jsonrpc':'2.0','id':{},'method':'x'}")).contains("'id':null");
  }

  @Test
  void notificationsAreCarriedOutAndNotAnswered() {
    assertThat(answer(node, "{'jsonrpc':'2.0','method':'eth_chainId'}")).isEmpty();
    assertThat(answer(node, "[{'jsonrpc':'2.0','method':'eth_chainId'}]")).isEmpty();
    assertThat(node.calls().count("eth_chainId")).isEqualTo(2);
  }

  @Test
  void anEmptyBatchIsOneError() {
    assertThat(answer(node, " []")).startsWith("{").contains("-32600");
  }

  @Test
  void aBatchIsAnsweredInOrderWithItsBadMembers() {
    String body =
        " [{'jsonrpc':'2.0','id':1,'method':'eth_chainId'},5,"
            + "{'jsonrpc':'2.0','id':2,'method':'eth_none'},"
            + "{'jsonrpc':'2.0','method':'eth_chainId'}]";

    assertThat(answer(node, body))
        .isEqualTo(
            "[{'jsonrpc':'2.0','id':1,'result':'0x539'},"
                + "{'jsonrpc':'2.0','id':null,'error':{'code':-32600,'message':'invalid request'}},"
                + "{'jsonrpc':'2.0','id':2,'error':{'code':-32601,'message':"
                + "'the method eth_none does not exist/is not available'}}]");
    assertThat(node.calls().requests()).isEqualTo(1);
    assertThat(node.calls().total()).isEqualTo(3);
  }

  @Test
  void missingAndWrongParametersAreInvalidParams() {
    for (String params : new String[] {"[]", "{}", "['0x1']", "[null]", "[5]"}) {
      String body = "{'jsonrpc':'2.0','id':1,'method':'eth_getBalance','params':" + params + "}";
      assertThat(answer(node, body)).contains("-32602");
    }
  }

  @Test
  void aMethodThatTheNodeWasNotGivenIsNotThere() {
    SimNode small = node(still().methods(Set.of("eth_chainId")).build());

    assertThat(answer(small, "{'jsonrpc':'2.0','id':1,'method':'eth_chainId'}")).contains("0x539");
    assertThat(answer(small, "{'jsonrpc':'2.0','id':1,'method':'eth_gasPrice'}"))
        .contains("-32601");
  }
}
