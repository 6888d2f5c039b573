package dev.tenfold.cli;

import dev.tenfold.gateway.config.ConfigException;
import dev.tenfold.gateway.config.Durations;
import dev.tenfold.gateway.config.UpstreamConfig;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are read. */
final class Converters {
  private Converters() {}

  static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(text + ": " + e.getMessage());
    }
  }

  /** A TCP port; 0 is any that is free. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
        throw new TypeConversionException(text + ": it must be a port from 0 to 65535");
      }
      return Integer.valueOf(text);
    }
  }

  /** The URL of a node, checked and left as it is. */
  static final class NodeUrl implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        UpstreamConfig.of(text);
        return text;
      } catch (ConfigException e) {
        throw new TypeConversionException("the " + e.getMessage());
      }
    }
  }

  /** A share of all, as {@code 1%} or {@code 0.01}. */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      boolean percent = text.endsWith("%");
      String number = percent ? text.substring(0, text.length() - 1) : text;
      if (!number.matches("[0-9]{1,3}(\\.[0-9]{1,9})?")) {
        throw refused(text);
      }
      double share = Double.parseDouble(number) / (percent ? 100 : 1);
      if (share > 1) {
        throw refused(text);
      }
      return share;
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(text + ": it must be from 0% to 100%");
    }
  }
}
