package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.state.AlertStates.Element;
import hinomi.alertengine.state.Unjudgeable;
import hinomi.alertengine.template.Template;
import hinomi.model.BadInput;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Vector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes elements of samples: gives them a rule's labels and texts.
record Rendering(Rule.Alerting rule, Surroundings with) {
  private static final String SUMMARY = "summary";

  /// Elements of an answer by their final labels.
  Map<Labels, Element> elements(Vector answer, Moment moment) {
    Map<Labels, Element> elements = new LinkedHashMap<>();
    for (Sample sample : answer.samples()) {
      add(scope(sample, moment), sample.value(), elements);
    }
    for (HistogramSample sample : answer.histograms()) {
      add(scope(sample.labels(), sample.value(), moment), 0, elements);
    }
    return elements;
  }

  /// @param value of a histogram 0, as Prometheus has it
  private void add(Template.Scope scope, double value, Map<Labels, Element> elements) {
    Map<String, String> annotations = new HashMap<>();
    rule.annotations().forEach((name, template) -> annotations.put(name, template.render(scope)));
    Element element = new Element(labels(scope), annotations, value, true);
    if (elements.put(element.labels(), element) != null) {
      throw new BadInput(
          "vector contains metrics with the same labelset after applying alert labels");
    }
  }

  private Template.Scope scope(Sample sample, Moment moment) {
    return scope(sample.labels(), sample.value(), moment);
  }

  private Template.Scope scope(Labels labels, Object value, Moment moment) {
    return new Template.Scope(
        labels,
        value,
        moment.at(),
        with.ports().console().url(),
        with.externalLabels(),
        with.ports().queries()::vector);
  }

  private Labels labels(Template.Scope scope) {
    Labels.Builder labels = Labels.builder().setAll(scope.labels().without(Labels.NAME));
    rule.labels().forEach((name, template) -> labels.set(name, template.render(scope)));
    labels.set("alertname", rule.name());
    return labels.build();
  }

  /// The labels that an alert about a sample's series has.
  Labels labels(Sample sample, Moment moment) {
    return labels(scope(sample, moment));
  }

  /// The element of an alert that says that nothing can be said. Of the rule's texts it has those
  /// that do not speak of a value, such as a link to what is to be done.
  ///
  /// @param labels of an alert that the expression would raise
  Element own(Unjudgeable why, Watch.Unjudged unjudged, Labels labels, String summary) {
    Map<String, String> annotations = new HashMap<>();
    rule.annotations()
        .forEach((name, template) -> {
          if (template.isPlain()) {
            annotations.put(name, template.source());
          }
        });
    annotations.put(SUMMARY, rule.name() + ": " + summary);
    return new Element(why.own(labels, unjudged.action()), annotations, Double.NaN, true);
  }
}
