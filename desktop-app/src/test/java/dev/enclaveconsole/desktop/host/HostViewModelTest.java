package dev.enclaveconsole.desktop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.Console;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostViewModelTest {
    private static final HostEntry ENTRY = new HostEntry("one", "127.0.0.1", 1, "ec2-user", Optional.empty(), false);

    @TempDir
    private Path home;

    private Background background;
    private Workspace workspace;
    private HostViewModel model;

    @BeforeEach
    void compose() {
        Console core = new Console(ConsoleFolders.under(home, Optional.empty()), OperationRunner.onCallersThread());
        background = new Background(core.operations(), Runnable::run);
        workspace = new Workspace();
        model = new HostViewModel(new AppContext(core, workspace, background), new NoQuestions());
        model.load();
    }

    @Test
    void keepsHostsInTheStore() {
        model.add(ENTRY);
        assertThat(model.selectedProperty().get()).isEqualTo(ParentHost.stored(ENTRY));
        HostEntry renamed = new HostEntry("two", "127.0.0.1", 2, "ec2-user", Optional.empty(), true);
        model.update(ENTRY, renamed);
        assertThat(model.hosts()).containsExactly(ParentHost.stored(renamed));
        model.remove(ParentHost.stored(renamed));
        assertThat(model.hosts()).isEmpty();
        assertThat(background.failures()).isEmpty();
    }

    @Test
    void refusesTwoHostsOfOneName() {
        model.add(ENTRY);
        model.add(ENTRY);
        assertThat(model.hosts()).hasSize(1);
        assertThat(background.failures().getFirst().sentence()).contains("one");
    }

    @Test
    void keepsATemporaryHostWhileStoredOnesChange() {
        ParentHost temporary = new ParentHost(ENTRY, Optional.of(home.resolve("known_hosts")));
        model.addTemporary(temporary);
        model.add(new HostEntry("other", "127.0.0.1", 22, "u", Optional.empty(), false));
        assertThat(model.hosts()).contains(temporary).hasSize(2);
    }

    @Test
    void saysWhyAHostCannotBeReached() {
        model.connect(ParentHost.stored(ENTRY));
        assertThat(workspace.session()).isEmpty();
        assertThat(background.failures()).hasSize(1);
        assertThat(background.failures().getFirst().sentence()).contains("127.0.0.1");
    }

    @Test
    void asksForWhatIsMissingInAForm() {
        HostDraft draft = new HostDraft();
        assertThat(draft.complete().get()).isFalse();
        draft.nameProperty().set("a");
        draft.addressProperty().set("b");
        assertThat(draft.complete().get()).isTrue();
        draft.portProperty().set("ssh");
        assertThat(draft.complete().get()).isFalse();
    }

    private static final class NoQuestions implements Ceremony {
        @Override
        public CompletableFuture<Boolean> trustHostKey(HostKeyDecider.Question question) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletableFuture<Optional<char[]>> passphrase(Path keyFile, int attempt) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }
}
