package dev.enclaveconsole.desktop.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.benchmark.Plot;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatencySeriesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final LatencySeries series = new LatencySeries(3);

    @Test
    void summarisesEachSecondByItself() {
        for (int i = 1; i <= 100; i++) {
            series.add(START, i * 1000L, true);
        }
        series.add(START.plusSeconds(1), 500, true);
        series.add(START.plusSeconds(1), 500, false);
        assertThat(series.seconds())
                .containsExactly(
                        new LatencySeries.Second(0, 50_000, 95_000, 99_000, 100, 0),
                        new LatencySeries.Second(1, 500, 500, 500, 1, 1));
    }

    @Test
    void countsARequestInTheSecondInWhichItEnds() {
        series.add(START, 1_500_000, true);
        assertThat(series.seconds().getFirst().second()).isEqualTo(1);
    }

    @Test
    void forgetsTheOldestSeconds() {
        for (int i = 0; i < 10; i++) {
            series.add(START.plusSeconds(i), 1000, true);
        }
        assertThat(series.seconds()).extracting(LatencySeries.Second::second).containsExactly(7L, 8L, 9L);
    }

    @Test
    void leavesAGapInTheChartWhereNothingHappened() {
        series.add(START, 1000, true);
        series.add(START.plusSeconds(5), 1000, true);
        Plot plot = LatencyPlot.of(series.seconds(), "");
        assertThat(plot.series().getFirst().points()).hasSize(3).anyMatch(p -> Double.isNaN(p.y()));
    }

    @Test
    void carriesTheWarningOnTheChart() {
        assertThat(LatencyPlot.of(List.of(), "UNTRUSTED: test").note()).isEqualTo("UNTRUSTED: test");
    }

    @Test
    void accountsForEveryMicrosecondOfARequest() {
        List<Phases.Phase> phases = Phases.of(10_000, new PhaseTimings(100, 2000, 1000, 3000, 6500));
        assertThat(phases.stream().mapToLong(Phases.Phase::micros).sum()).isEqualTo(10_000);
        assertThat(phases.getFirst().micros()).isEqualTo(3500);
    }
}
