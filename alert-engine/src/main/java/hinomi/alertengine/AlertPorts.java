package hinomi.alertengine;

/// What the engine needs of others.
public record AlertPorts(
    Queries queries,
    DataPresence dataPresence,
    Selectors selectors,
    Comparands comparands,
    SampleCounts sampleCounts,
    AlertListener listener,
    EvidenceSink evidence,
    SampleSink samples,
    ConsoleAddress console,
    PageListener pages,
    Topology topology) {
  /// An engine that knows nothing of components.
  public AlertPorts(
      Queries queries,
      DataPresence dataPresence,
      Selectors selectors,
      Comparands comparands,
      SampleCounts sampleCounts,
      AlertListener listener,
      EvidenceSink evidence,
      SampleSink samples,
      ConsoleAddress console,
      PageListener pages) {
    this(
        queries,
        dataPresence,
        selectors,
        comparands,
        sampleCounts,
        listener,
        evidence,
        samples,
        console,
        pages,
        Topology.NONE);
  }
}
