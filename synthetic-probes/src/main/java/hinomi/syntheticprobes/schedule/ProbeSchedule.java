package hinomi.syntheticprobes.schedule;

import hinomi.syntheticprobes.check.Probe;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The times at which probes fire, kept by Quartz in memory: after a restart probing begins anew,
/// there is nothing to catch up with. Firings that were missed (the machine slept) are left out.
public final class ProbeSchedule implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProbeSchedule.class);
  private static final int MOST_AT_ONCE = 256;

  /// Within which all probes have run for the first time, unless they are many.
  private static final long SPREAD_MILLIS = 1000;

  private static final long SPREAD_PER_PROBE_MILLIS = 5;

  private final Scheduler quartz;
  private final Runs runs;

  private ProbeSchedule(Scheduler quartz, Runs runs) {
    this.quartz = quartz;
    this.runs = runs;
  }

  /// Fires every probe within about a second, and then every so often.
  ///
  /// @param run called on a virtual thread
  public static ProbeSchedule start(
      List<Probe> probes, Consumer<Probe> run, Instant now, MeterRegistry registry) {
    Runs runs = new Runs(MOST_AT_ONCE, registry);
    try {
      Scheduler quartz = new StdSchedulerFactory(settings()).getScheduler();
      quartz.setJobFactory((bundle, _) -> (Job) bundle.getJobDetail().getJobDataMap().get("job"));
      ProbeSchedule schedule = new ProbeSchedule(quartz, runs);
      long spread = SPREAD_MILLIS + SPREAD_PER_PROBE_MILLIS * probes.size();
      for (Probe probe : probes) {
        schedule.add(probe, run, now, spread);
      }
      quartz.start();
      return schedule;
    } catch (SchedulerException e) {
      runs.close();
      throw new IllegalStateException("BUG: Quartz does not start: " + e.getMessage(), e);
    }
  }

  private static Properties settings() {
    Properties settings = new Properties();
    // Two schedulers of one name in one JVM would be one.
    settings.setProperty("org.quartz.scheduler.instanceName", "probes-" + UUID.randomUUID());
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    // A firing only starts a virtual thread: one thread does that.
    settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    settings.setProperty("org.quartz.threadPool.threadNamePrefix", "probe-fire");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    return settings;
  }

  private void add(Probe probe, Consumer<Probe> run, Instant now, long spread)
      throws SchedulerException {
    Job job = _ -> runs.fire(probe.id(), () -> run.accept(probe));
    JobDetail detail = JobBuilder.newJob(Job.class).withIdentity(probe.id()).build();
    detail.getJobDataMap().put("job", job);
    long every = probe.every().toMillis();
    // By the id, so that a probe keeps its place among the others over restarts.
    long offset = Math.floorMod((long) probe.id().hashCode(), Math.min(every, spread));
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(probe.id())
            .startAt(Date.from(now.plusMillis(offset)))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(every)
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount())
            .build();
    quartz.scheduleJob(detail, trigger);
  }

  @Override
  public void close() {
    try {
      quartz.shutdown(true);
    } catch (SchedulerException e) {
      log.atWarn().setCause(e).log("probe schedule did not stop cleanly");
    }
    runs.close();
  }
}
