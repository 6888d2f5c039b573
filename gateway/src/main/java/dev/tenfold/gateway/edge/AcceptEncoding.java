package dev.tenfold.gateway.edge;

import java.util.Locale;

/** Reads {@code Accept-Encoding} (RFC 9110, section 12.5.3) for the one coding that we have. */
final class AcceptEncoding {
  private static final double UNSAID = -1;

  private AcceptEncoding() {}

  /** True if the client takes gzip, and does not say that it would rather have no coding. */
  static boolean takesGzip(String header) {
    double gzip = UNSAID;
    double identity = UNSAID;
    double any = UNSAID;
    for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      int parameters = part.indexOf(';');
      String coding = (parameters < 0 ? part : part.substring(0, parameters)).strip();
      double weight = parameters < 0 ? 1 : weight(part.substring(parameters + 1));
      switch (coding) {
        case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
        case "identity" -> identity = weight;
        case "*" -> any = weight;
        default -> {}
      }
    }
    gzip = gzip == UNSAID ? any : gzip;
    return gzip > 0 && gzip >= identity;
  }

  /**
   * What is no weight counts as none: who cannot be understood is served as one who did not ask.
   */
  private static double weight(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=")) {
      return 0;
    }
    try {
      return Double.parseDouble(text.substring(2).strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
