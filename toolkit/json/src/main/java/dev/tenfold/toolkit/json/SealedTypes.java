package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subtypes of a sealed type are those that it permits: with {@code JsonTypeInfo} they need no
 * list of their own. Names and type ids stay as they are with a plain mapper.
 */
final class SealedTypes extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    Class<?>[] permitted = annotated.getRawType().getPermittedSubclasses();
    return permitted == null ? null : Arrays.stream(permitted).map(NamedType::new).toList();
  }
}
