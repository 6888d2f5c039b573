package dev.tenfold.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Holds what the server answers against what its OpenAPI document says. */
final class Contract {
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonNode document = OpenApi.document();

  /** Each method and template of the document. */
  Set<String> operations() {
    Set<String> operations = new HashSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (!method.getKey().equals("parameters")) {
                            operations.add(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  /** The status, the type and the body are among those that the document names. */
  JsonNode check(String method, String template, HttpResponse<String> response) throws Exception {
    JsonNode operation =
        document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    String status = Integer.toString(response.statusCode());
    JsonNode said = resolved(operation.path("responses").path(status));
    assertThat(said.isObject()).as(method + " " + template + " may answer " + status).isTrue();
    if (!said.has("content")) {
      assertThat(response.body()).isEmpty();
      return mapper.nullNode();
    }
    Map.Entry<String, JsonNode> content = said.path("content").properties().iterator().next();
    assertThat(response.headers().firstValue("Content-Type")).hasValue(content.getKey());
    JsonNode body = mapper.readTree(response.body());
    assertThat(problems(content.getValue().path("schema"), body)).as(response.body()).isEmpty();
    return body;
  }

  /** What is wrong with a request body by the schema of the document. */
  Set<?> problemsOfRequest(String method, String template, JsonNode body) {
    JsonNode operation =
        document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    JsonNode content = operation.path("requestBody").path("content").path("application/json");
    assertThat(content.isObject()).isTrue();
    return problems(content.path("schema"), body);
  }

  private Set<?> problems(JsonNode schema, JsonNode body) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.path("components"));
    return schemas.getSchema(root).validate(body);
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }
}
