package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class StepsSvgTest {
  private static final double CHARACTER_WIDTH = 7.2;
  private static final double SOFT_CHARACTER_WIDTH = 6.6;

  private static Document parse(String svg) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static long bars(Document document, String style) {
    return elements(document, "rect").stream()
            .filter(rect -> rect.getAttribute("class").equals(style))
            .count()
        - 1; // the one of the key
  }

  @Test
  void itIsWellFormedAndSmallAndHasNothingThatRuns() throws Exception {
    String svg = SampleSteps.result().svg();

    assertThat(parse(svg).getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg).hasSizeLessThan(30_000).doesNotContain("script", "href", "foreignObject");
    assertThat(svg).contains("prefers-color-scheme:dark");
  }

  @Test
  void whatIsDrawnIsThereAsTextToo() throws Exception {
    Document document = parse(SampleSteps.result().svg());

    List<String> texts = elements(document, "text").stream().map(Element::getTextContent).toList();
    assertThat(texts)
        .contains("naive", "+ object pool", "+ client pool", "+ cache", "the gateway")
        .contains("103 ms", "1,030/s", "66,250/s", "278 KiB");
    for (Figure figure : Figure.values()) {
      assertThat(texts).contains(figure.phrase());
    }
    assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(elements(document, "desc").getFirst().getTextContent())
        .contains("+ cache: latency p50 0.95 ms");
  }

  @Test
  void onlyADifferenceHasColourAndAWorseOneAnother() throws Exception {
    Document document =
        parse(
            SampleSteps.result(
                    4,
                    SampleSteps.line("a", 100, 900, 50),
                    SampleSteps.line("alike", 100, 900, 50),
                    SampleSteps.line("quick", 10, 900, 50),
                    SampleSteps.line("slow", 10, 300, 50))
                .svg());

    assertThat(bars(document, "start")).isEqualTo(8);
    assertThat(bars(document, "better")).isEqualTo(2); // p50 and p99
    assertThat(bars(document, "worse")).isEqualTo(1); // throughput
    assertThat(bars(document, "same")).isEqualTo(24 - 3);
    assertThat(bars(document, "aside")).isZero();
  }

  @Test
  void aBarThatDoesOtherWorkIsCutOffAndNothingIsDrawnOutsideThePicture() throws Exception {
    Document document = parse(SampleSteps.result().svg());
    double width = Double.parseDouble(document.getDocumentElement().getAttribute("width"));

    for (Element rect : elements(document, "rect")) {
      assertThat(number(rect, "x") + number(rect, "width")).isLessThanOrEqualTo(width);
    }
    for (Element text : elements(document, "text")) {
      boolean soft = text.getAttribute("class").equals("soft");
      double character = soft ? SOFT_CHARACTER_WIDTH : CHARACTER_WIDTH;
      assertThat(number(text, "x") + character * text.getTextContent().length())
          .describedAs(text.getTextContent())
          .isLessThanOrEqualTo(width);
    }
    assertThat(elements(document, "path"))
        .filteredOn(path -> path.getAttribute("class").equals("cut"))
        .hasSize(1);
  }

  @Test
  void whatTheSystemDoesNotSayIsNotDrawn() throws Exception {
    Reading known = SampleSteps.reading(100, 900, 50, 0);
    Reading unknown =
        new Reading(
            known.steady(),
            known.burst(),
            OptionalLong.empty(),
            known.allocatedBytes(),
            known.residentBytes(),
            0,
            GcLog.NONE);
    StepsResult result =
        SampleSteps.result(
            3, new Measured("a & <b>", "", true, List.of(unknown, unknown, unknown)));

    assertThat(elements(parse(result.svg()), "text").stream().map(Element::getTextContent))
        .contains("a & <b>", "not known", "none");
    assertThat(result.json()).contains("\"cpu_ms_per_request\" : null");
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
