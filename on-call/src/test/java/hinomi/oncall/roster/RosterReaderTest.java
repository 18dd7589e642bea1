package hinomi.oncall.roster;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Text;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RosterReaderTest {
  private final Mistakes mistakes = new Mistakes();

  private Roster read(String text) {
    return Roster.parse(Map.of("a.yaml", text), mistakes);
  }

  private String told() {
    return String.join("\n", mistakes.all().stream().map(Mistake::toString).toList());
  }

  @Test
  void aFullScheduleIsRead() {
    Roster roster =
        read(
            """
            people:
              - {id: ann, name: {ja: 安, en: Ann}, mail: ann@example.jp, phone: "+81"}
              - {id: bob, mail: bob@example.jp}
            channels: [{id: ops}]
            ladders: [{id: default}]
            schedules:
              - id: trading
                name: {ja: 取引系当番, en: Trading on call}
                zone: Asia/Tokyo
                holidays: [japan, 12-31, 2026-08-13]
                fallback: bob
                swap-approval: [bob]
                layers:
                  - id: weekly
                    from: 2026-01-05T09:00
                    until: 2027-01-05T09:00
                    every: 2 weeks
                    people: [ann, none, bob]
                    only: [{days: [monday:friday], from: "09:00", to: "18:00", holidays: never}]
                  - id: release
                    from: 2026-01-30 22:00
                    rrule: FREQ=MONTHLY;BYDAY=-1FR
                    lasts: 10h
                    exdate: [2026-03-27]
                    people: [ann]
            """);
    assertThat(told()).isEmpty();
    Schedule schedule = roster.schedule("trading");
    assertThat(schedule.name()).isEqualTo(new Text("取引系当番", "Trading on call"));
    assertThat(schedule.layers()).hasSize(2);
    assertThat(roster.nameOf("ann").ja()).isEqualTo("安");
    assertThat(roster.nameOf("bob").ja()).isEqualTo("bob");
  }

  @Test
  void everyMistakeIsToldAtItsPlaceWithWhatWasProbablyMeant() {
    Roster _ =
        read(
            """
            people: [{id: alice}, {id: bob}]
            schedules:
              - id: trading
                zone: Asia/Tokio
                holidays: [japn]
                fallback: bobb
                layers:
                  - id: weekly
                    from: 2026-01-05T09:00
                    every: fortnight
                    people: [alise, bob]
                    lasts: 3h
                    only: [{days: [monday:fryday], holidays: nevr}]
                  - id: weekly
                    from: yesterday
                    rrule: FREQ=MONTHLY;BYDY=MO
                    people: []
                  - id: feb
                    from: 2026-01-01T00:00
                    rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30
                    lasts: 1d
                    people: [bob]
                    restrictions: []
              - id: trading
                layers: []
            """);
    assertThat(told())
        .isEqualTo(
            """
            a.yaml:4:11: zone: no time zone is called "Asia/Tokio", did you mean "Asia/Tokyo"?
            a.yaml:5:16: holidays: expected a law (japan), a date like 2026-12-31, or 12-31 for every year, got "japn", did you mean "japan"?
            a.yaml:6:15: fallback: no person has the id "bobb", did you mean "bob"?
            a.yaml:10:16: every: expected hours, days, weeks or months, got "fortnight"
            a.yaml:11:18: people: no person has the id "alise", did you mean "alice"?
            a.yaml:12:16: lasts: goes with "rrule" alone
            a.yaml:13:24: days: expected a day of the week like monday, got "fryday", did you mean "friday"?
            a.yaml:13:50: holidays: expected one of as-usual, also, only, never, got "nevr", did you mean "never"?
            a.yaml:14:9: lasts: is missing
            a.yaml:14:13: id: is given twice
            a.yaml:15:15: from: expected a local time like 2026-01-05T09:00, got "yesterday"
            a.yaml:16:29: rrule: no part of a rule is called "BYDY", did you mean "BYDAY"?
            a.yaml:17:17: people: names nobody; an empty slot is written "none"
            a.yaml:20:16: rrule: never happens in the first eight years
            a.yaml:23:9: restrictions: unknown key
            a.yaml:24:5: zone: is missing
            a.yaml:24:9: id: is given twice
            a.yaml:25:13: layers: is empty\
            """
                .stripIndent());
  }
}
