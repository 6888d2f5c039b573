package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;

/** More would be written than the limits allow. */
final class OutputTooLarge extends JsonGenerationException {
  private static final long serialVersionUID = 1L;

  OutputTooLarge(int limit) {
    this("the message is larger than " + limit + " bytes");
  }

  OutputTooLarge(String rule) {
    super(rule, (JsonGenerator) null);
  }
}
