package hinomi.promql.http;

import hinomi.model.Failure;
import hinomi.model.Time;
import hinomi.promql.PromQl;
import hinomi.promql.PrometheusApiConfig;
import hinomi.web.Endpoint;
import hinomi.web.Routes;

/// Prometheus' HTTP API, as its documentation and Grafana's data source have it
/// (prometheus.io/docs/prometheus/latest/querying/api). Errors have Prometheus' shape, types and
/// words. Envelope are compressed for who takes gzip.
public final class PrometheusApi {
  private static final String V1 = "/api/v1/";

  private final Queries queries;
  private final Lookups lookups;
  private final RuleShapes rules;
  private final StatusShapes status;
  private final AdminActions admin;
  private final Cors cors;

  public PrometheusApi(
      PromQl promQl, PrometheusPorts ports, PrometheusApiConfig config, Time time) {
    this.queries = new Queries(promQl, config.maxAnswer(), time);
    this.lookups = new Lookups(ports.lookups(), ports.targets(), config.maxAnswer());
    this.rules = new RuleShapes(ports.rules());
    this.status = new StatusShapes(ports, time);
    this.admin = new AdminActions(ports.admin(), config.adminApi());
    this.cors = new Cors(config.corsOrigin());
  }

  public void routes(Routes routes) {
    getOrPost(routes, "query", queries::instant);
    getOrPost(routes, "query_range", queries::range);
    getOrPost(routes, "format_query", queries::format);
    getOrPost(routes, "parse_query", queries::parse);
    getOrPost(routes, "query_exemplars", lookups::exemplars);
    getOrPost(routes, "series", lookups::series);
    getOrPost(routes, "labels", lookups::names);
    get(routes, "label/{name}/values", lookups::values);
    get(routes, "metadata", lookups::metadata);
    get(routes, "rules", rules::rules);
    get(routes, "alerts", rules::alerts);
    get(routes, "alertmanagers", StatusShapes::alertmanagers);
    get(routes, "targets", status::targets);
    get(routes, "targets/metadata", lookups::targetMetadata);
    get(routes, "scrape_pools", status::pools);
    get(routes, "notifications", StatusShapes::none);
    get(routes, "status/buildinfo", StatusShapes::build);
    get(routes, "status/config", status::configuration);
    get(routes, "status/flags", status::flags);
    get(routes, "status/runtimeinfo", status::runtime);
    get(routes, "status/tsdb", status::store);
    get(routes, "status/walreplay", StatusShapes::replay);
    change(routes, "delete_series", admin::deleteSeries);
    change(routes, "clean_tombstones", admin::cleanTombstones);
    change(routes, "snapshot", admin::snapshot);
    change(routes, "compact", admin::compact);
    routes.get("/-/healthy", StatusShapes::healthy).get("/-/ready", StatusShapes::ready);
  }

  private void get(Routes routes, String path, Endpoint endpoint) {
    routes.get(V1 + path, readable(endpoint)).options(V1 + path, cors::preflight);
  }

  private void getOrPost(Routes routes, String path, Endpoint endpoint) {
    get(routes, path, endpoint);
    routes.post(V1 + path, readable(endpoint));
  }

  private void change(Routes routes, String path, Endpoint action) {
    routes.postOrPut(V1 + "admin/tsdb/" + path, guarded(admin.permitted(action)));
  }

  private Endpoint readable(Endpoint endpoint) {
    Endpoint guarded = guarded(endpoint);
    return request -> cors.on(request, guarded.answer(request)).gzippedFor(request);
  }

  private static Endpoint guarded(Endpoint endpoint) {
    return request -> {
      try {
        return endpoint.answer(request);
      } catch (Failure failure) {
        return Envelope.error(failure);
      }
    };
  }
}
