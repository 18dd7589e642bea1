package hinomi.console;

/// One incident with its timeline; an unknown one is [hinomi.model.Missing].
@FunctionalInterface
public interface FindIncident {
  IncidentRecord find(String id);
}
